import { expect, test } from 'vitest';
import { authorSession } from '../../src/course/author-run.ts';
import type { CompiledScenario, PredictStep } from '../../src/course/content.ts';
import { explain, observe, runAs } from '../../src/course/observe.ts';
import { OUTCOMES, predictableLayers } from '../../src/course/prediction.ts';
import { placeAt } from '../../src/course/review.ts';
import type { RequestLine } from '../../src/course/view.ts';
import type { Session } from '../../src/shell/session.ts';
import { ownCourse } from './own-course.ts';
import { Learner } from './two-readers.ts';

/** A wrong idea that people have of access control, and the prediction at which the course meets it. */
interface WrongIdea {
  readonly idea: string;
  readonly step: `${string}/${string}`;
  /** What somebody would predict who has it: `allowed`, or `denied` and the layer. */
  readonly believed: string;
  /** What comes of it. */
  readonly seen: string;
  /** What the explanation says, or the policies and the lines before, if the step is about this idea. */
  readonly shows: RegExp;
  /** A request of the same moment that ends as the idea has it, or lies beside it. */
  readonly but?: RequestLine & { readonly seen: string };
}

const IDEAS: readonly WrongIdea[] = [
  {
    idea: 'bucket-arn-covers-objects-and-list',
    step: 'policies-and-kinds/list-figures',
    believed: 'allowed',
    seen: 'denied/identity',
    shows: /s3:ListBucket on arn:aws:s3:::marigold-figures\b(?!\/)/,
    but: {
      as: 'ravi',
      run: 'aws s3api get-object --bucket marigold-figures --key 2026-02.csv feb.csv',
      seen: 'allowed',
    },
  },
  {
    idea: 'trust-grants',
    step: 'trust-and-passing/role-writes',
    believed: 'allowed',
    seen: 'denied/identity',
    shows: /No identity policy allows it/,
    but: {
      as: 'otto',
      run: 'aws sts assume-role --role-arn arn:aws:iam::111122223333:role/Publish --role-session-name again',
      seen: 'allowed',
    },
  },
  {
    idea: 'assume-permission-is-enough',
    step: 'trust-and-passing/remy-asks',
    believed: 'allowed',
    seen: 'denied/trust',
    shows: /of the identity policy "assume" allows it/,
    but: {
      as: 'otto',
      run: 'aws sts assume-role --role-arn arn:aws:iam::111122223333:role/Publish --role-session-name again',
      seen: 'allowed',
    },
  },
  {
    idea: 'account-principal-is-root-user',
    step: 'across-accounts/account-named',
    believed: 'denied/resource',
    seen: 'allowed',
    shows: /"AWS":"arn:aws:iam::444455556666:root"/,
    but: {
      as: 'val',
      run: 'aws s3api get-object --bucket acme-bills --key june.csv june.csv',
      seen: 'denied/identity',
    },
  },
  {
    idea: 'group-is-a-principal',
    step: 'resource-policies/group',
    believed: 'allowed',
    seen: 'denied/identity',
    shows: /arn:aws:iam::111122223333:group\/editors/,
  },
  {
    idea: 'boundary-grants',
    step: 'joannes-boundary/list-buckets',
    believed: 'allowed',
    seen: 'denied/identity',
    shows: /No identity policy allows it/,
    but: { as: 'joanne', run: 'aws iam list-users', seen: 'allowed' },
  },
  {
    idea: 'boundary-caps-everything',
    step: 'resource-policies/bounded-user',
    believed: 'denied/permissions-boundary',
    seen: 'allowed',
    shows: /"AWS":"arn:aws:iam::111122223333:user\/bob"/,
  },
  {
    idea: 'resource-policy-beats-boundary',
    step: 'resource-policies/bounded-role',
    believed: 'allowed',
    seen: 'denied/permissions-boundary',
    shows: /of the resource policy "bucket policy of lantern-archive" allows it/,
  },
  {
    idea: 'scp-grants',
    step: 'organization/full-access',
    believed: 'allowed',
    seen: 'denied/identity',
    shows: /p-FullAWSAccess/,
    but: { as: 'tina', run: 'aws s3 ls', seen: 'allowed' },
  },
  {
    idea: 'scp-binds-everyone',
    step: 'organization/everybody',
    believed: 'denied/service-control',
    seen: 'allowed',
    shows: /NoNewKeys/,
    but: {
      as: 'wanda',
      run: 'aws iam create-access-key --user-name wanda',
      seen: 'denied/service-control',
    },
  },
  {
    idea: 'child-allows-again',
    step: 'organization/child-allows',
    believed: 'allowed',
    seen: 'denied/service-control',
    shows: /No SCP at Training allows it/,
    but: { as: 'wanda', run: 'aws sqs list-queues', seen: 'allowed' },
  },
  {
    idea: 'one-side-suffices',
    step: 'across-accounts/vic-alone',
    believed: 'allowed',
    seen: 'denied/resource',
    shows: /of the identity policy "ReadBills" allows it/,
  },
  {
    idea: 'one-side-suffices',
    step: 'across-accounts/val-sent-by-nobody',
    believed: 'allowed',
    seen: 'denied/identity',
    shows: /of the resource policy "bucket policy of acme-bills" allows/,
  },
  {
    idea: 'identity-policy-opens-key',
    step: 'across-accounts/kim-and-the-key',
    believed: 'allowed',
    seen: 'denied/resource',
    shows: /may not call kms:Decrypt.*of the identity policy "\w+" allows it/,
  },
  {
    idea: 'not-action-is-safe',
    step: 'least-privilege/everything-but',
    believed: 'denied/identity',
    seen: 'allowed',
    shows: /"Effect":"Allow","NotAction"/,
  },
  {
    idea: 'for-all-values-restricts',
    step: 'conditions/all-of-nothing',
    believed: 'denied/identity',
    seen: 'allowed',
    shows: /"ForAllValues:StringEquals":\{"aws:TagKeys"/,
  },
  {
    idea: 'mfa-false-stops-keys',
    step: 'conditions/mfa-bool',
    believed: 'denied/identity',
    seen: 'allowed',
    shows: /"Effect":"Deny".*"Bool":\{"aws:MultiFactorAuthPresent":"false"\}/,
  },
  {
    idea: 'not-equals-needs-the-key',
    step: 'conditions/not-a-guest',
    believed: 'denied/identity',
    seen: 'allowed',
    shows: /"StringNotEquals":\{"aws:PrincipalTag\//,
  },
  {
    idea: 'source-ip-is-always-there',
    step: 'data-perimeter/office-only',
    believed: 'allowed',
    seen: 'denied/resource',
    shows: /"NotIpAddress":\{"aws:SourceIp"/,
    but: {
      as: 'web-2',
      run: 'aws s3api get-object --bucket web-drafts --key poster.txt poster.txt',
      seen: 'allowed',
    },
  },
  {
    idea: 'inactive-key-ends-access',
    step: 'leaked-key/the-session',
    believed: 'rejected',
    seen: 'allowed',
    shows: /"status":"Inactive"/,
    but: { as: 'attacker', run: 'aws s3 ls', seen: 'rejected' },
  },
  {
    idea: 'revocation-is-for-good',
    step: 'leaked-key/revoke-later',
    believed: 'denied/identity',
    seen: 'allowed',
    shows: /"DateLessThan":\{"aws:TokenIssueTime"/,
    but: { as: 'web-1/worker', run: 'aws sts get-caller-identity', seen: 'rejected' },
  },
  {
    idea: 'detaching-role-ends-access',
    step: 'leaked-key/role-off',
    believed: 'not-sent',
    seen: 'allowed',
    shows: /remove-role-from-instance-profile/,
    but: { as: 'web-1/site', run: 'aws sts get-caller-identity', seen: 'not-sent' },
  },
  {
    idea: 'pass-role-is-an-api',
    step: 'climbing-and-containing/pass-an-admin',
    believed: 'denied/identity',
    seen: 'allowed',
    shows: /`lambda:CreateFunction`.*and `iam:PassRole` on/,
    but: {
      as: 'dan',
      run: 'aws sts assume-role --role-arn arn:aws:iam::111122223333:role/Admin --role-session-name dan',
      seen: 'denied/identity',
    },
  },
  {
    idea: 'recreated-role-keeps-trust',
    step: 'trust-and-passing/made-again',
    believed: 'allowed',
    seen: 'denied/trust',
    shows: /"AWS":"AROA[A-Z2-7]{17}"/,
  },
  {
    idea: 'changes-are-instant',
    step: 'debugging/right-away',
    believed: 'allowed',
    seen: 'denied/identity',
    shows: /put-user-policy --user-name rosa/,
    but: { as: 'rosa', run: 'wait 1m\naws sns list-topics', seen: 'allowed' },
  },
  {
    idea: 'deny-needs-priority',
    step: 'leaked-key/quarantine',
    believed: 'allowed',
    seen: 'denied/identity',
    shows: /"AWSCompromisedKeyQuarantineV3" denies it, and a Deny outweighs every Allow/,
  },
];

test('all twenty-five are here', () => {
  expect(new Set(IDEAS.map(({ idea }) => idea)).size).toBe(25);
});

test.each(IDEAS.map((each) => [each.idea, each.step, each] as const))(
  '%s is put right by the prediction %s',
  (_, _step, { idea, step: path, believed, seen, shows, but }) => {
    const { scenario, step, index } = predictionAt(path);
    expect(step.misconception).toBe(idea);
    const session = run(authorSession(scenario, index), step.first);
    const turn = runAs(session, step.request);
    if (turn === null) throw new Error('Nobody asks.');
    expect(outcomes(turn)).toContain(seen);
    expect(
      `${JSON.stringify([worldOf(turn.session), step.first, session.now.files])}\n${explain(turn)}`,
    ).toMatch(shows);
    // Whoever has the idea predicts something else, and is told so.
    const learner = new Learner(placeAt(scenario, step.id)).enter(step.first.length);
    const [outcome, layer] = believed.split('/');
    const layers = predictableLayers(scenario).map((one) => one.layer as string);
    learner.choose(OUTCOMES.findIndex((one) => one.outcome === outcome));
    if (layer !== undefined) learner.choose(layers.indexOf(layer));
    expect(learner.choose(2).says('reply-wrong')).toHaveLength(1);
    if (but === undefined) return;
    const beside = runAs(session, but);
    expect(beside && outcomes(beside)).toContain(but.seen);
  },
);

function predictionAt(path: string): {
  readonly scenario: CompiledScenario;
  readonly step: PredictStep;
  readonly index: number;
} {
  const [id, name] = path.split('/');
  const scenario = ownCourse.scenarios.find((one) => one.id === id);
  const index = scenario?.steps.findIndex((one) => one.id === name) ?? -1;
  const step = scenario?.steps[index];
  if (scenario === undefined || step?.kind !== 'predict') throw new Error(`There is no prediction ${path}.`);
  return { scenario, step, index };
}

function run(session: Session, lines: readonly RequestLine[]): Session {
  return lines.reduce((before, line) => runAs(before, line)?.session ?? before, session);
}

/** `allowed`, or `denied/identity` for each layer that denies. */
function outcomes(turn: Parameters<typeof observe>[0]): readonly string[] {
  const { outcome, layers } = observe(turn);
  return layers.length === 0 ? [outcome] : layers.map((layer) => `${outcome}/${layer}`);
}

/** What is there to decide on: not what was asked. */
function worldOf({ now }: Session): object {
  const { trail: _trail, ...rest } = now.world;
  return rest;
}
