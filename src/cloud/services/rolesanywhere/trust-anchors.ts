import { REGION } from '../../arn.ts';
import type { Caller } from '../../caller.ts';
import { drop, generated, put } from '../../change.ts';
import { newUuid } from '../../identifiers.ts';
import type { Json, PermissionNeeded } from '../../operation.ts';
import { readAuthority } from '../../outside/certificate.ts';
import { own } from '../../own.ts';
import type { AccountId, TrustAnchor } from '../../world.ts';
import { define, done, failed, homeOf, isoTime } from '../define.ts';

/** Permission for an action of Roles Anywhere on a resource of the caller's account. */
export function permission(action: string, caller: Caller, resource: string): PermissionNeeded {
  return { action: `rolesanywhere:${action}`, resource, resourceAccount: caller.account };
}

/** ARN of a trust anchor. */
export function trustAnchorArn(account: AccountId, id: string): string {
  return `arn:aws:rolesanywhere:${REGION}:${account}:trust-anchor/${id}`;
}

const ANCHOR_ID = { type: 'string', required: true, help: 'id of the trust anchor' } as const;

function described(anchor: TrustAnchor): { readonly [key: string]: Json } {
  return {
    trustAnchorId: anchor.id,
    trustAnchorArn: anchor.arn,
    name: anchor.name,
    enabled: anchor.enabled,
    source: { sourceType: 'CERTIFICATE_BUNDLE' },
    createdAt: isoTime(anchor.created),
  };
}

function noSuchAnchor(id: string) {
  return failed('ResourceNotFoundException', `Trust anchor with id ${id} not found`);
}

const createTrustAnchor = define({
  id: 'rolesanywhere:CreateTrustAnchor',
  summary: 'make a certificate authority known to the account',
  input: {
    name: { type: 'string', required: true, help: 'name of the trust anchor' },
    source: {
      type: 'nested',
      required: true,
      help: 'sourceType=CERTIFICATE_BUNDLE,sourceData={x509CertificateData=…}',
      of: {
        structure: { sourceType: 'string', sourceData: { structure: { x509CertificateData: 'string' } } },
      },
    },
    enabled: { type: 'boolean', help: 'take its certificates from now on' },
  },
  needs: (_, caller) => [permission('CreateTrustAnchor', caller, '*')],
  effect(input, caller, world) {
    const { name, source, enabled = false } = input;
    if (source.sourceType !== 'CERTIFICATE_BUNDLE') {
      return failed('ValidationException', 'Source type is not supported.', 'Here: CERTIFICATE_BUNDLE.');
    }
    const authority = readAuthority(world, source.sourceData?.x509CertificateData ?? '');
    if (authority === null) {
      return failed(
        'ValidationException',
        'Incorrect basic constraints for CA certificate',
        "`token <workload> authority` writes the certificate of a workload's authority.",
      );
    }
    const [id, next] = generated(world, newUuid);
    const anchor: TrustAnchor = {
      id,
      arn: trustAnchorArn(caller.account, id),
      name,
      authority,
      enabled,
      created: world.clock,
    };
    return done(put(next, caller.account, 'trustAnchors', id, anchor), { trustAnchor: described(anchor) });
  },
});

const listTrustAnchors = define({
  id: 'rolesanywhere:ListTrustAnchors',
  summary: 'list the certificate authorities',
  input: {},
  needs: (_, caller) => [permission('ListTrustAnchors', caller, '*')],
  effect: (_, caller, world) =>
    done(world, { trustAnchors: Object.values(homeOf(world, caller).trustAnchors).map(described) }),
});

/** An operation on one trust anchor: shows it, or changes it to what `change` makes of it; null drops it. */
function onAnchor(
  api: 'GetTrustAnchor' | 'DeleteTrustAnchor' | 'EnableTrustAnchor' | 'DisableTrustAnchor',
  summary: string,
  change: (anchor: TrustAnchor) => TrustAnchor | null,
) {
  return define({
    id: `rolesanywhere:${api}`,
    summary,
    input: { trustAnchorId: ANCHOR_ID },
    needs: (input, caller) => [permission(api, caller, trustAnchorArn(caller.account, input.trustAnchorId))],
    effect(input, caller, world) {
      const anchor = own(homeOf(world, caller).trustAnchors, input.trustAnchorId);
      if (anchor === undefined) {
        return noSuchAnchor(input.trustAnchorId);
      }
      const after = change(anchor);
      const output = { trustAnchor: described(after ?? anchor) };
      if (after === anchor) {
        return done(world, output);
      }
      return after === null
        ? done(drop(world, caller.account, 'trustAnchors', anchor.id), output)
        : done(put(world, caller.account, 'trustAnchors', anchor.id, after), output);
    },
  });
}

/** Source: IAM Roles Anywhere API Reference. */
export const trustAnchorOperations = [
  createTrustAnchor,
  listTrustAnchors,
  onAnchor('GetTrustAnchor', 'show a certificate authority', (anchor) => anchor),
  onAnchor('EnableTrustAnchor', 'take certificates of an authority', (anchor) => ({
    ...anchor,
    enabled: true,
  })),
  onAnchor('DisableTrustAnchor', 'take no certificates of an authority', (anchor) => ({
    ...anchor,
    enabled: false,
  })),
  onAnchor('DeleteTrustAnchor', 'forget a certificate authority', () => null),
];
