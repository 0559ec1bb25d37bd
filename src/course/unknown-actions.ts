import { serviceDataHere } from '../cloud/service-data.ts';
import type { DocumentSpec } from '../cloud/world-spec.ts';
import type { IssueCode } from '../iam/issue.ts';
import { validatePolicy } from '../iam/validate/validate-policy.ts';
import type { CompiledScenario, TaskStep } from './content.ts';
import { placeIn, policiesInLines } from './mutants/solution-policies.ts';
import type { PathProblem } from './path-problem.ts';
import { documentsOf } from './policy-documents.ts';
import type { ContentPath } from './problem.ts';

/** Findings of what AWS does not have: a statement that names such a thing does not do what it seems to. */
const UNKNOWN: readonly IssueCode[] = [
  'INVALID_ACTION',
  'INVALID_SERVICE_IN_ACTION',
  'INVALID_GLOBAL_CONDITION_KEY',
  'INVALID_SERVICE_CONDITION_KEY',
];

/**
 * Actions, services and condition keys that AWS does not have, in policies of the world, of solutions and of
 * alternatives. A near miss may well misspell one.
 */
export function unknownActions({ world, steps }: CompiledScenario): readonly PathProblem[] {
  return [
    ...documentsOf(world).flatMap(({ path, document }) =>
      unknownIn(document, (part) => ({ path: [...path, ...part] })),
    ),
    ...steps.flatMap((step, index) => (step.kind === 'task' ? inTask(step, ['steps', index]) : [])),
  ];
}

function inTask({ solution, alternatives }: TaskStep, path: ContentPath): readonly PathProblem[] {
  return [
    ...policiesInLines(solution, [...path, 'solution']),
    ...alternatives.flatMap(({ run }, at) => policiesInLines(run, [...path, 'alternatives', at, 'run'])),
  ].flatMap((policy) => unknownIn(policy.json, (part) => placeIn(policy, part)));
}

function unknownIn(
  document: DocumentSpec,
  place: (part: ContentPath) => Pick<PathProblem, 'path' | 'text'>,
): readonly PathProblem[] {
  // Which kind of policy it is does not matter to what AWS has.
  return validatePolicy(document, 'identity', serviceDataHere())
    .filter(({ code }) => UNKNOWN.includes(code))
    .map(({ path, message }) => ({
      ...place(path),
      what: message,
      mend: 'In a policy it stands for nothing. Mend it, unless that is the story.',
    }));
}
