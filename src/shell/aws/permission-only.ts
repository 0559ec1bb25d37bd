/**
 * What people type for an operation and is a permission alone: the service, the command, and what to say of it.
 * Source: Service Authorization Reference, list_identityandaccessmanagement.html and list_awssecuritytokenservice.html,
 * where these actions are marked as permission only.
 */
export const PERMISSION_ONLY: ReadonlyMap<string, string> = new Map([
  [
    'iam pass-role',
    'There is no operation pass-role. iam:PassRole is a permission only, checked when somebody hands a role to a service: `aws lambda create-function --role …`.',
  ],
  [
    'sts tag-session',
    'There is no operation tag-session. sts:TagSession is a permission only, checked when a session gets tags: `aws sts assume-role --tags …`.',
  ],
  [
    'sts set-source-identity',
    'There is no operation set-source-identity. sts:SetSourceIdentity is a permission only, checked when a session gets one: `aws sts assume-role --source-identity …`.',
  ],
]);
