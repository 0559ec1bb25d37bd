import { authorize, isRefusal } from '../../../iam/index.ts';
import type { PolicyDocument } from '../../../iam/request.ts';
import { REGION } from '../../arn.ts';
import type { Caller } from '../../caller.ts';
import { callerSide } from '../../caller-side.ts';
import type { DocumentUse } from '../../documents.ts';
import type { AccountId, World } from '../../world.ts';

/** What KMS has against documents that cannot be key policies. */
export const KEY_POLICY: DocumentUse = {
  kind: 'resource',
  code: 'MalformedPolicyDocumentException',
  syntax: 'The specified policy is not syntactically or semantically correct.',
  principal: 'Policy contains a statement with one or more invalid principals.',
};

/**
 * The policy a key gets when none is given: it lets the account's identity policies decide.
 * Source: KMS Developer Guide, key-policy-default.html.
 */
export function defaultKeyPolicy(account: AccountId): PolicyDocument {
  return {
    Version: '2012-10-17',
    Id: 'key-default-1',
    Statement: [
      {
        Sid: 'Enable IAM User Permissions',
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${account}:root` },
        Action: 'kms:*',
        Resource: '*',
      },
    ],
  };
}

/**
 * The policy of a key that AWS manages: everybody in the account may use it, and only through its service.
 * Source: KMS Developer Guide, concepts.html, AWS managed keys; `aws kms get-key-policy` on such a key.
 */
export function awsManagedKeyPolicy(account: AccountId, service: string): PolicyDocument {
  return {
    Version: '2012-10-17',
    Id: `auto-${service}`,
    Statement: [
      {
        Sid: `Allow access through ${service} for all principals in the account that are authorized to use it`,
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
        Resource: '*',
        Condition: {
          StringEquals: {
            'kms:CallerAccount': account,
            'kms:ViaService': `${service}.${REGION}.amazonaws.com`,
          },
        },
      },
      {
        Sid: 'Allow direct access to key metadata to the account',
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${account}:root` },
        Action: ['kms:Describe*', 'kms:Get*', 'kms:List*'],
        Resource: '*',
      },
    ],
  };
}

const EVERYTHING: PolicyDocument = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
};

/**
 * The lockout safety check: whether a key policy would let this caller change it again. Only the key policy is asked:
 * one that leaves it to the account's identity policies passes.
 * Source: KMS API Reference, API_PutKeyPolicy.html.
 */
export function locksOut(world: World, caller: Caller, key: string, document: PolicyDocument): boolean {
  const { request, context } = callerSide(world, caller);
  const decision = authorize({
    request: {
      ...request,
      action: 'kms:PutKeyPolicy',
      resource: key,
      resourceAccount: key.split(':')[4] ?? '',
      context,
    },
    policies: {
      identity: [{ name: 'everything', document: EVERYTHING }],
      resource: { name: 'the new key policy', document },
    },
  });
  return isRefusal(decision) || decision.decision !== 'allowed';
}
