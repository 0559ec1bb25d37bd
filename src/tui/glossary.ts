/** A word of the lessons and what it means. */
export interface Term {
  readonly term: string;
  /** Other ways it is written. */
  readonly also?: readonly string[];
  readonly meaning: string;
}

/** Every term the lessons use, in alphabetical order. */
export const glossary: readonly Term[] = [
  {
    term: 'access key',
    meaning: 'An id and a secret with which a user, or temporary credentials, sign requests.',
  },
  {
    term: 'account',
    meaning:
      'A closed box of users, roles and resources, with a number of twelve digits. Nothing crosses its border unless both sides let it.',
  },
  {
    term: 'action',
    meaning: 'What a request wants to do, such as s3:GetObject: the service, a colon, the name.',
  },
  {
    term: 'ARN',
    meaning:
      'Amazon Resource Name: the full name of one thing in AWS, such as arn:aws:iam::111122223333:user/joanne.',
  },
  {
    term: 'attach',
    meaning: 'To connect a managed policy with a user, group or role. Taking it away again is to detach it.',
  },
  {
    term: 'AWS managed policy',
    also: ['AWS managed', 'AWS managed policies'],
    meaning: "A managed policy that AWS writes and changes. Its ARN has aws in the account's place.",
  },
  {
    term: 'Block Public Access',
    meaning:
      'A lock of S3 in front of bucket policies. While it is on, a policy that lets everybody in does not open the bucket.',
  },
  {
    term: 'bucket',
    meaning: 'Where S3 keeps objects. No two buckets in the world have the same name.',
  },
  {
    term: 'bucket policy',
    meaning: 'The resource policy of an S3 bucket: who may do what with it and its objects.',
  },
  { term: 'CloudTrail', meaning: "AWS's record of requests: who asked for what, when, and what came of it." },
  {
    term: 'condition',
    meaning: 'Part of a statement that must hold for it to count, such as an address or a tag.',
  },
  { term: 'condition key', meaning: 'A fact of a request that conditions ask about, such as aws:SourceIp.' },
  {
    term: 'confused deputy',
    meaning:
      'Somebody trusted who is talked into using rights for a stranger. Conditions such as aws:SourceArn prevent it.',
  },
  { term: 'credentials', meaning: 'What proves who is asking. Requests are signed with them.' },
  { term: 'cross-account', meaning: 'From one account to another. The rules of both must allow it.' },
  {
    term: 'customer managed policy',
    also: ['customer managed', 'customer managed policies'],
    meaning: 'A managed policy of your own account: you write it, attach it and keep its versions.',
  },
  {
    term: 'deactivate',
    also: ['deactivated', 'inactive'],
    meaning: 'To switch an access key off. It stays, opens nothing, and can be switched on again.',
  },
  {
    term: 'explicit deny',
    meaning: 'A statement with "Effect": "Deny" that matches. It wins over every allow.',
  },
  {
    term: 'external id',
    meaning:
      'A word that a trust policy asks for, so that a third party cannot be used against another of its customers.',
  },
  {
    term: 'federation',
    also: ['federated'],
    meaning:
      'Signing in with an identity from elsewhere, which AWS takes in exchange for temporary credentials.',
  },
  {
    term: 'group',
    meaning: 'Users who share policies. A group cannot sign requests and is nobody in a policy.',
  },
  {
    term: 'identity policy',
    also: ['identity-based policy', 'identity policies', 'permissions policies'],
    meaning: 'A policy on a user, group or role: what they may do.',
  },
  {
    term: 'IMDSv2',
    meaning:
      'Version 2 of the instance metadata service: it wants a token first, which a forged request can seldom fetch.',
  },
  { term: 'implicit deny', meaning: 'Nobody said no, but whoever had to say yes did not. Silence means no.' },
  { term: 'inline policy', meaning: 'A policy written into one user, group or role, and gone with it.' },
  { term: 'instance', meaning: 'A virtual machine in EC2.' },
  {
    term: 'instance metadata service',
    also: ['IMDS', 'metadata service'],
    meaning: "An address that only an instance can reach. There it finds its role's temporary credentials.",
  },
  { term: 'instance profile', meaning: 'The holder that brings one role to an instance.' },
  {
    term: 'job function',
    also: ['job functions'],
    meaning: 'AWS managed policies made for a kind of work, such as ViewOnlyAccess or DatabaseAdministrator.',
  },
  {
    term: 'key policy',
    also: ['key policies'],
    meaning:
      'The resource policy of a KMS key. Unless it lets the account decide, no identity policy opens the key.',
  },
  {
    term: 'KMS key',
    also: ['kms'],
    meaning: 'A key that encrypts and decrypts inside AWS. Its key policy decides first who may use it.',
  },
  {
    term: 'layer',
    meaning: 'One kind of policy among those a request passes. Each allows, denies, or says nothing.',
  },
  {
    term: 'managed policy',
    also: ['managed policies'],
    meaning:
      'A policy with a name and versions of its own, attached to many. AWS writes some, customers the others.',
  },
  { term: 'MFA', meaning: 'A second proof of who somebody is, such as a code from a device.' },
  { term: 'object', meaning: "A file in a bucket. Its ARN is the bucket's, a slash, and its key." },
  {
    term: 'OIDC',
    meaning: 'A way to prove an identity with signed tokens, used by code hosts and clusters.',
  },
  {
    term: 'organization',
    meaning: 'Several accounts under one management account, in a tree of organizational units.',
  },
  {
    term: 'organizational unit',
    also: ['OU', 'OUs'],
    meaning: "A branch of an organization's tree. Policies on it hold for all accounts below it.",
  },
  {
    term: 'PassRole',
    also: ['pass a role', 'pass the role'],
    meaning: 'iam:PassRole: the right to hand a role to a service, which then acts as that role.',
  },
  {
    term: 'path',
    meaning:
      'A folder in the name of a user, role or policy, such as /team/. Policies can name all that is in it.',
  },
  {
    term: 'permission set',
    meaning: 'In Identity Center: a template of rights that becomes a role in each account it is given for.',
  },
  {
    term: 'permissions boundary',
    also: ['boundary', 'boundaries'],
    meaning: 'A policy that says the most a user or role can ever do. It gives nothing by itself.',
  },
  { term: 'policy', also: ['policies'], meaning: 'A document of statements that allow or deny.' },
  {
    term: 'policy version',
    also: ['version', 'default version'],
    meaning: 'Managed policies keep up to five versions; one of them is the default and counts.',
  },
  {
    term: 'principal',
    meaning: 'Who a request is from, as AWS sees it: a user, a session of a role, a service.',
  },
  { term: 'privilege escalation', meaning: 'Using rights one has to get rights one should not have.' },
  {
    term: 'request',
    meaning: 'One call to AWS: who, which action, on which resource, under which circumstances.',
  },
  { term: 'resource', meaning: 'The thing a request is about, named by its ARN.' },
  {
    term: 'resource control policy',
    also: ['RCP', 'RCPs', 'resource control policies'],
    meaning: "An organization's limit on what may be done to the resources of its accounts, whoever asks.",
  },
  {
    term: 'resource policy',
    also: ['resource-based policy', 'resource policies'],
    meaning: 'A policy on a thing: who may do what with it.',
  },
  {
    term: 'revoke sessions',
    also: ['AWSRevokeOlderSessions'],
    meaning:
      "To deny all that a role's credentials may do which were handed out before a certain moment. Newer ones are not touched.",
  },
  { term: 'role', meaning: 'An identity without keys of its own. Who is trusted becomes it for a time.' },
  {
    term: 'root user',
    meaning: 'The identity that an account begins with. No policy of the account limits it.',
  },
  { term: 'SAML', meaning: 'A way for a company to vouch for its people: AWS takes a signed assertion.' },
  {
    term: 'server-side request forgery',
    also: ['forged request', 'SSRF'],
    meaning: 'A stranger makes an application fetch an address that only the application can reach.',
  },
  {
    term: 'service control policy',
    also: ['SCP', 'SCPs', 'service control policies'],
    meaning: "An organization's limit on what the people of its accounts can do. It gives nothing by itself.",
  },
  { term: 'service principal', meaning: 'A service of AWS as somebody, such as ec2.amazonaws.com.' },
  {
    term: 'service-linked role',
    meaning: 'A role that only one service can use, made for it and protected from change.',
  },
  { term: 'session', meaning: 'A role while somebody is it, with a name and an end.' },
  {
    term: 'session policy',
    also: ['session policies'],
    meaning: 'A policy given when a role is assumed: it narrows that one session.',
  },
  { term: 'statement', meaning: 'One rule of a policy: effect, actions, resources, perhaps conditions.' },
  { term: 'STS', meaning: 'The service that gives out temporary credentials.' },
  {
    term: 'tag',
    also: ['tags'],
    meaning: 'A name and value on a thing or person, which conditions can ask for.',
  },
  { term: 'temporary credentials', meaning: 'Credentials with an end, which come with a session token.' },
  {
    term: 'trust policy',
    also: ['trust policies'],
    meaning: "A role's resource policy: who may become the role.",
  },
  {
    term: 'user',
    meaning: 'An identity in IAM for one person or program, with keys that do not end by themselves.',
  },
  { term: 'VPC endpoint', meaning: 'A private door from a network to AWS, with a policy of its own.' },
  { term: 'wildcard', meaning: '* for any text and ? for one character in actions and resources.' },
];

/** The terms that occur in a text, in the glossary's order. */
export function termsIn(text: string): readonly Term[] {
  return glossary.filter(({ term, also = [] }) =>
    [term, ...also].some((word) => {
      const plain = word.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(' ', '\\s+');
      return new RegExp(`(?<![\\w-])${plain}s?(?![\\w-])`, /^[A-Z]{2,}/.test(word) ? '' : 'i').test(text);
    }),
  );
}
