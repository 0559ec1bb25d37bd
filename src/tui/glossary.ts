/** A word of the lessons and what it means. */
export interface Term {
  readonly term: string;
  /** Other ways it is written. */
  readonly also: readonly string[];
  readonly meaning: string;
}

// A row a term, in alphabetical order: the term, other ways it is written in brackets, a colon, what it means.
const text = `
ABAC (attribute-based access control): Access by attributes: a policy compares the tags of whoever asks with those of the thing.
access key: An id and a secret with which a user, or temporary credentials, sign requests.
access portal (portal): The page of Identity Center on which one signs in and chooses an account and a role.
account: A closed box of users, roles and resources, with a number of twelve digits. Nothing crosses its border unless both sides let it.
account session: How long the credentials of a role from Identity Center last: one hour unless its permission set says otherwise.
action: What a request wants to do, such as s3:GetObject: the service, a colon, the name.
ARN: Amazon Resource Name: the full name of one thing in AWS, such as arn:aws:iam::111122223333:user/joanne.
assignment (account assignment): In Identity Center: this group, this permission set, this account. It makes a role there.
attach: To connect a managed policy with a user, group or role. Taking it away again is to detach it.
AWS managed policy (AWS managed, AWS managed policies): A managed policy that AWS writes and changes. It is the same in every account, and you cannot edit it.
Block Public Access: A lock of S3 in front of bucket policies. While it is on, a policy that lets everybody in does not open the bucket.
bucket: Where S3 keeps objects. No two buckets in the world have the same name.
bucket policy: The resource policy of an S3 bucket: who may do what with it and its objects.
claims (claim): What a token says: who signed it (iss), for whom it is (aud), whom it is about (sub), and more.
CloudTrail: AWS's record of requests: who asked for what, when, and what came of it.
condition: Part of a statement that must hold for it to count, such as an address or a tag.
condition key: A fact of a request that conditions ask about, such as aws:SourceIp.
confused deputy: Somebody trusted who is talked into using rights for a stranger. Conditions such as aws:SourceArn prevent it.
consolidated billing: One bill for all accounts of an organization. Prices follow the usage of all together.
credentials: What proves who is asking. Requests are signed with them.
cross-account: From one account to another. The rules of both must allow it.
customer managed policy (customer managed, customer managed policies): A managed policy that you wrote. Its ARN holds your account's number.
data event: An event of CloudTrail about what is inside a thing, such as reading an object. It is kept only where that is switched on.
data perimeter: A line around all that a company has: its people, its things, its networks. Policies of several kinds draw it.
deactivate (deactivated, inactive): To switch an access key off. It stays, opens nothing, and can be switched on again.
directory: In Identity Center: the people and groups it knows. They are no IAM users, and no policy names them.
EKS Pod Identity (Pod Identity): A pod of an EKS cluster gets the role that an association gives to its service account. The role trusts pods.eks.amazonaws.com.
endpoint policy (endpoint policies, VPC endpoint policy): The policy of a VPC endpoint: one more layer for all that passes through it.
eventually consistent (eventual consistency): A change is stored at once, and takes some seconds to count everywhere.
explicit deny: A statement with "Effect": "Deny" that matches. It wins over every allow.
external id: A word that a trust policy asks for, so that a third party cannot be used against another of its customers.
federation (federated): Signing in with an identity from elsewhere, which AWS takes in exchange for temporary credentials.
finding: An entry of IAM Access Analyzer, such as a thing and the outsider whom a policy lets in.
group: Users who share policies. A group cannot sign requests and is nobody in a policy.
IAM Access Analyzer (Access Analyzer): A service that reads policies: it lists what somebody outside can reach, and checks policies you write.
IAM Identity Center (Identity Center, AWS SSO): One place for a company's people and what they may do in which account. Its old name is AWS SSO.
IAM Roles Anywhere (Roles Anywhere): A server outside AWS trades a certificate, from an authority you trust, for a session of a role.
identity policy (identity-based policy, identity policies, permissions policies): A policy on a user, group or role: what they may do.
IMDSv2: Version 2 of the instance metadata service: it wants a token first, which a forged request can seldom fetch.
implicit deny: Nobody said no, but whoever had to say yes did not. Silence means no.
inline policy: A policy written into one user, group or role, and gone with it.
instance: A virtual machine in EC2.
instance metadata service (IMDS, metadata service): An address that only an instance can reach. There it finds its role's temporary credentials.
instance profile: The holder that brings one role to an instance.
IRSA (IAM roles for service accounts): IAM roles for service accounts: a pod of an EKS cluster trades its token, signed by the cluster, for a session of a role.
job function (job functions): AWS managed policies made for a kind of work, such as ViewOnlyAccess or DatabaseAdministrator.
key policy (key policies): The resource policy of a KMS key. Unless it lets the account decide, no identity policy opens the key.
KMS key (kms): A key that encrypts and decrypts inside AWS. Its key policy decides first who may use it.
layer: One kind of policy among those a request passes. Each allows, denies, or says nothing.
least privilege: As many rights as the work needs, and no more.
managed policy (managed policies): A policy with a name and versions of its own, attached to many. AWS writes some, customers the others.
management account: The account that made an organization and pays its bill. No SCP or RCP limits it.
management event: An event of CloudTrail about the account's set-up, such as CreateUser. It is kept without being asked for.
MFA: A second proof of who somebody is, such as a code from a device.
object: A file in a bucket. Its ARN is the bucket's, a slash, and its key.
OIDC: A way to prove an identity with signed tokens, used by code hosts and clusters.
organization: Several accounts under one management account, in a tree of organizational units.
organization root: The top of an organization's tree, which holds its units and accounts. It is neither a user nor an account.
organizational unit (OU, OUs): A branch of an organization's tree. Policies on it hold for all accounts below it.
PassRole (pass a role, pass the role): iam:PassRole: the right to hand a role to a service, which then acts as that role.
path: A folder in the name of a user, role or policy, such as /team/. Policies can name all that is in it.
permission set: In Identity Center: a template of rights that becomes a role in each account it is given for.
permissions boundary (boundary, boundaries): A policy that caps what the policies of a user or role can give. It gives nothing by itself.
policy (policies): A document of statements that allow or deny.
policy variable (policy variables): A placeholder: a key such as aws:PrincipalTag/team, in braces after a dollar sign, filled in from each request.
policy version (version, default version, default): Managed policies keep up to five versions. One of them is the default: it counts, wherever the policy is attached.
portal session: How long one may choose roles at the access portal without signing in again: eight hours unless changed.
principal: Who a request is from, as AWS sees it: a user, a session of a role, a service.
privilege escalation: Using rights one has to get rights one should not have.
provision (provisioned, provisioning): To write a permission set into its accounts again after a change. Until then they have the old one.
request: One call to AWS: who, which action, on which resource, under which circumstances.
resource: The thing a request is about, named by its ARN.
resource control policy (RCP, RCPs, resource control policies): An organization's limit on what may be done to the resources of its accounts, whoever asks.
resource policy (resource-based policy, resource policies): A policy on a thing: who may do what with it.
revoke sessions (AWSRevokeOlderSessions): To deny all that a role's credentials may do which were handed out before a certain moment. Newer ones are not touched.
role: An identity without long-term keys. Who is trusted becomes it for a time, with temporary credentials.
root user: The identity that an account begins with. No identity policy or boundary can be put on it.
SAML: A way for a company to vouch for its people: AWS takes a signed assertion.
server-side request forgery (forged request, SSRF): A stranger makes an application fetch an address that only the application can reach.
service control policy (SCP, SCPs, service control policies): An organization's limit on what the people of its accounts can do. It gives nothing by itself.
service last accessed (last accessed): A record of IAM: when a user or role last tried to use each service.
service principal: A service of AWS as somebody, such as ec2.amazonaws.com.
service-linked role: A role that only one service can use, made for it and protected from change.
session: A role while somebody is it, with a name and an end.
session policy (session policies): A policy given when a role is assumed: it narrows that one session.
statement: One rule of a policy: effect, actions, resources, perhaps conditions.
STS: The service that gives out temporary credentials.
tag (tags): A name and value on a thing or person, which conditions can ask for.
temporary credentials: Credentials with an end, which come with a session token.
token (ID token, tokens): A signed text, good for a short time, in which somebody vouches for a person or program, such as a code host for a build.
trust policy (trust policies): A role's resource policy: who may become the role.
user: An identity in IAM for one person or program, with keys that do not end by themselves.
VPC: A private network in AWS, with servers in it.
VPC endpoint: A private door from a network to AWS, with a policy of its own.
wildcard: * for any text and ? for one character in actions and resources.
`;

let known: readonly Term[] | null = null;

/** Every term the lessons use, in alphabetical order. Read when it is first asked for, which starting up is not. */
export function glossary(): readonly Term[] {
  known ??= text.trim().split('\n').map(termOf);
  return known;
}

function termOf(row: string): Term {
  const colon = row.indexOf(': ');
  const [term = '', also = ''] = row.slice(0, colon).split(/ \(|\)/);
  return { term, also: also === '' ? [] : also.split(', '), meaning: row.slice(colon + 2) };
}

/** A term in a text: the characters from `start` to `end`. */
export interface Occurrence {
  readonly term: Term;
  readonly start: number;
  readonly end: number;
}

interface Finder {
  readonly pattern: RegExp;
  /** A term by each of its words in lower case, and the word as it is written. */
  readonly terms: ReadonlyMap<string, { readonly term: Term; readonly word: string }>;
}

let finder: Finder | null = null;

/** Where terms are in a text, in its order. Of two that begin together the longer one counts. */
export function occurrencesIn(text: string): readonly Occurrence[] {
  finder ??= makeFinder();
  const { pattern, terms } = finder;
  return [...text.matchAll(pattern)].flatMap((match): Occurrence[] => {
    const [whole, word = ''] = match;
    const written = word.replaceAll(/\s+/g, ' ');
    const found = terms.get(written.toLowerCase());
    // An abbreviation in small letters is another word.
    if (found === undefined || (/^[A-Z]{2,}/.test(found.word) && written !== found.word)) return [];
    return [{ term: found.term, start: match.index, end: match.index + whole.length }];
  });
}

function makeFinder(): Finder {
  const words = glossary().flatMap((term) => [term.term, ...term.also].map((word) => ({ term, word })));
  const longest = words.map(({ word }) => word).sort((a, b) => b.length - a.length);
  const alternatives = longest.map((word) =>
    word.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(' ', '\\s+'),
  );
  return {
    pattern: new RegExp(`(?<![\\w-])(${alternatives.join('|')})s?(?![\\w-])`, 'gi'),
    terms: new Map(words.map((each) => [each.word.toLowerCase(), each])),
  };
}

/** What a term means; empty for what is none. */
export function meaningOf(term: string): string {
  return glossary().find((each) => each.term === term)?.meaning ?? '';
}

/** The terms that occur in a text, in the glossary's order. */
export function termsIn(text: string): readonly Term[] {
  const found = new Set(occurrencesIn(text).map(({ term }) => term));
  return glossary().filter((term) => found.has(term));
}
