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
all features: The setting of an organization with which it has policies such as SCPs, and not one bill alone.
anonymous: Without a signature: a request from nobody in particular. Only policies that let everybody in can allow it.
ARN: Amazon Resource Name: the full name of one thing in AWS, such as arn:aws:iam::111122223333:user/joanne.
assignment (account assignment): In Identity Center: this group, this permission set, this account. It makes a role there.
assume (assumed, AssumeRole): To become a role. STS checks its trust policy and answers with temporary credentials.
attach (attached, detach, detached): To connect a managed policy with a user, group or role. Taking it away again is to detach it.
audience (aud): The claim of a token that says for whom it is meant, such as sts.amazonaws.com.
AWS managed policy (AWS managed): A managed policy that AWS writes and changes. It is the same in every account, and you cannot edit it.
Block Public Access: A lock of S3 in front of bucket policies. While it is on, a policy that lets everybody in does not open the bucket.
bucket: Where S3 keeps objects. No two buckets in the world have the same name.
bucket policy: The resource policy of an S3 bucket: who may do what with it and its objects.
certificate: A text, signed by an authority, that says to whom a key pair belongs. It has an end.
claims (claim): What a token says: who signed it (iss), for whom it is (aud), whom it is about (sub), and more.
CLI (AWS CLI): The command aws, with which one sends requests from a prompt.
CloudTrail: AWS's record of requests: who asked for what, when, and what came of it.
cluster: Machines that run containers together, such as those of EKS.
condition: Part of a statement that must hold for it to count, such as an address or a tag.
condition key: A fact of a request that conditions ask about, such as aws:SourceIp.
condition operator (operator): How a condition compares, such as StringEquals, NumericLessThan or IpAddress.
confused deputy: Somebody trusted who is talked into using rights for a stranger. Conditions such as aws:SourceArn prevent it.
console: The web pages of AWS, on which one does by hand what the CLI does with commands.
consolidated billing: One bill for all accounts of an organization. Prices follow the usage of all together.
credentials: What proves who is asking. Requests are signed with them.
cross-account: From one account to another. The rules of both must allow it.
customer managed policy (customer managed): A managed policy that you wrote. Its ARN holds your account's number.
data event: An event of CloudTrail about what is inside a thing, such as reading an object. It is kept only where that is switched on.
data key: A key that KMS makes to encrypt one thing with. It lies beside that thing, itself encrypted with a KMS key.
data perimeter: A line around all that a company has: its people, its things, its networks. Policies of several kinds draw it.
deactivate (deactivated, inactive): To switch an access key off. It stays, opens nothing, and can be switched on again.
decision: What AWS makes of a request: allowed or denied.
delegated administrator: A member of an organization that the management account lets look after a service, such as Identity Center.
directory: In Identity Center: the people and groups it knows. They are no IAM users, and no policy names them.
DynamoDB: A service that keeps data as tables of items.
EC2: The service that runs virtual machines, called instances.
Effect: The part of a statement that says Allow or Deny.
EKS: The service that runs Kubernetes clusters.
EKS Pod Identity (Pod Identity): A pod of an EKS cluster gets the role that an association gives to its service account. The role trusts pods.eks.amazonaws.com.
encryption context: Names and values that go with an encryption. Decrypting wants the same ones, and policies can ask for them.
endpoint policy (VPC endpoint policy): The policy of a VPC endpoint: one more layer for all that passes through it.
event: An entry of CloudTrail: one request and what came of it.
eventually consistent (eventual consistency): A change is stored at once, and takes some seconds to count everywhere.
explicit deny: A statement with "Effect": "Deny" that matches. It wins over every allow.
external id: A word that a trust policy asks for, so that a third party cannot be used against another of its customers.
federation (federated): Signing in with an identity from elsewhere, which AWS takes in exchange for temporary credentials.
finding: An entry of IAM Access Analyzer, such as a thing and the outsider whom a policy lets in.
ForAllValues: Before an operator: each value that the request has for the key must match. It holds, too, when there is none.
ForAnyValue: Before an operator: at least one value that the request has for the key must match. It does not hold when there is none.
FullAWSAccess: The SCP that allows all. Every level of an organization has it until somebody takes it away.
function (Lambda function): Code that Lambda runs. It has a role, with whose credentials it asks.
gateway endpoint: The kind of VPC endpoint that S3 and DynamoDB have beside the usual one: a route of the network.
group: Users who share policies. A group cannot sign requests and is nobody in a policy.
hop limit: How many steps in the network the token of IMDSv2 may go from its instance. With one it goes no further than the instance itself.
IAM: Identity and Access Management: the service that keeps users, groups, roles and policies.
IAM Access Analyzer (Access Analyzer, analyzer): A service that reads policies: it lists what somebody outside can reach, and checks policies you write.
IAM Identity Center (Identity Center, AWS SSO): One place for a company's people and what they may do in which account. Its old name is AWS SSO.
IAM Roles Anywhere (Roles Anywhere): A server outside AWS trades a certificate, from an authority you trust, for a session of a role.
ID token (identity token): A signed token in which somebody vouches for a person or program, such as a code host for a build.
identity: In IAM: a user, a group or a role.
identity policy (identity-based policy, permissions policy): A policy on a user, group or role: what they may do.
identity provider (OIDC provider): In IAM: who is trusted to say who somebody is, with its address and the audiences its tokens may be for.
IfExists: The end of an operator with which a condition holds, too, when its key is missing.
IMDSv2: Version 2 of the instance metadata service: it wants a token first, which a forged request can seldom fetch.
implicit deny: Nobody said no, but whoever had to say yes did not. Silence means no.
inline policy: A policy written into one user, group or role, and gone with it.
instance: A virtual machine in EC2.
instance metadata service (IMDS, metadata service): An address that only an instance can reach. There it finds its role's temporary credentials.
instance profile: The holder that brings one role to an instance.
IRSA (IAM roles for service accounts): IAM roles for service accounts: a pod of an EKS cluster trades its token, signed by the cluster, for a session of a role.
job function: AWS managed policies made for a kind of work, such as ViewOnlyAccess or DatabaseAdministrator.
JSON: The form in which policies are written: names and values in braces.
key policy: The resource policy of a KMS key. Unless it lets the account decide, no identity policy opens the key.
KMS: The service that keeps keys for encryption.
KMS grant: A right to use one KMS key, given to one principal beside the policies. It only allows.
KMS key: A key that encrypts and decrypts inside AWS. Its key policy decides first who may use it.
Lambda: The service that runs functions, without servers of one's own.
layer: One kind of policy among those a request passes. Each allows, denies, or says nothing.
least privilege: As many rights as the work needs, and no more.
login profile: A user's password for the console.
managed policy: A policy with a name and versions of its own, attached to many. AWS writes some, customers the others.
management account: The account that made an organization and pays its bill. No SCP or RCP limits it.
management event: An event of CloudTrail about the account's set-up, such as CreateUser. It is kept without being asked for.
member account: Any account of an organization but the management account.
MFA: A second proof of who somebody is, such as a code from a device.
namespace: A part of a cluster. Its service accounts have their names within it.
NotAction: In place of the actions: the statement is about all but those listed, new ones too.
NotPrincipal: In place of the principal: all but those named. It belongs with Deny alone.
NotResource: In place of the resource: the statement is about all but those listed.
object: A file in a bucket. Its ARN is the bucket's, a slash, and its key.
OIDC (web identity): A way to prove an identity with signed tokens, used by code hosts and clusters.
organization: Several accounts under one management account, in a tree of organizational units.
organization root: The top of an organization's tree, which holds its units and accounts. It is neither a user nor an account.
organizational unit (OU): A branch of an organization's tree. Policies on it hold for all accounts below it.
PassRole (pass a role, pass the role): iam:PassRole: the right to hand a role to a service, which then acts as that role.
path: A folder in the name of a user, role or policy, such as /team/. Policies can name all that is in it.
permission: What a policy allows: an action, on a resource.
permission set: In Identity Center: a template of rights that becomes a role in each account it is given for.
permissions boundary (boundary): A policy that caps what the policies of a user or role can give. It gives nothing by itself.
pod: The smallest thing that runs in a cluster: a container, or a few together.
policy: A document of statements that allow or deny.
policy variable: A placeholder: a key such as aws:PrincipalTag/team, in braces after a dollar sign, filled in from each request.
policy version (version, default version, default): Managed policies keep up to five versions. One of them is the default: it counts, wherever the policy is attached.
portal session: How long one may choose roles at the access portal without signing in again: eight hours unless changed.
presigned URL: An address with a signature in it. Until it ends, whoever has it can do that one thing as the one who signed.
principal (caller): Who a request is from, as AWS sees it: a user, a session of a role, a service.
privilege escalation: Using rights one has to get rights one should not have.
provision (provisioned, provisioning): To write a permission set into its accounts again after a change. Until then they have the old one.
quarantine (AWSCompromisedKeyQuarantine): A policy that AWS attaches to a user whose key lay open to the public. It denies a list of risky actions, not all.
queue: A place in SQS for messages, until somebody takes them out.
Region: One of the places in the world at which AWS runs its services, such as us-east-1.
request: One call to AWS: who, which action, on which resource, under which circumstances.
Reserved Instance: A discount on instances, bought ahead for one or three years.
resource: The thing a request is about, named by its ARN.
resource control policy (RCP): An organization's limit on what may be done to the resources of its accounts, whoever asks.
resource policy (resource-based policy): A policy on a thing: who may do what with it.
revoke sessions (AWSRevokeOlderSessions): To deny all that a role's credentials may do which were handed out before a certain moment. Newer ones are not touched.
role: An identity without long-term keys. Who is trusted becomes it for a time, with temporary credentials.
root user: The identity that an account begins with. No identity policy or boundary can be put on it.
rotate (rotated, rotation): To put a new key in the place of an old one.
S3: The service that keeps files, as objects in buckets.
SAML (SAML assertion): A way for a company to vouch for its people: AWS takes a signed assertion.
Secrets Manager: The service that keeps secrets such as passwords. Each can have a policy of its own.
server-side request forgery (forged request, SSRF): A stranger makes an application fetch an address that only the application can reach.
service account: In a cluster: the name under which a pod runs.
service control policy (SCP): An organization's limit on what the people of its accounts can do. It gives nothing by itself.
service last accessed (last accessed): A record of IAM: when a user or role last tried to use each service.
service principal: A service of AWS as somebody, such as ec2.amazonaws.com.
service-linked role: A role that only one service can use, made for it and protected from change.
session: A role while somebody is it, with a name and an end.
session policy: A policy given when a role is assumed: it narrows that one session.
session token: The third part of temporary credentials, beside an id and a secret. It goes with every request.
Sid: A name for a statement, for those who read it. It changes nothing.
signature (signed): What shows with the secret of a key who sends a request. The secret itself is not sent.
SNS: The service that passes messages on from topics to all who have asked for them.
SQS: The service that keeps messages in queues.
statement: One rule of a policy: effect, actions, resources, perhaps conditions.
STS: The service that gives out temporary credentials.
subject (sub): Whom a token or a certificate is about, such as a branch of a repository, or a server.
tag: A name and value on a thing or person, which conditions can ask for.
temporary credentials: Credentials with an end, which come with a session token.
token: A text that is shown to prove something, for a short time: who somebody is, or that they may ask the metadata service.
topic: A name in SNS at which messages are published.
trail: The record of requests that CloudTrail keeps. In AWS's words: a setting that stores them in a bucket.
trust anchor: In IAM Roles Anywhere: the authority whose certificates are believed.
trust policy: A role's resource policy: who may become the role.
unique id (AROA, AIDA): The id that AWS gives a user or role, such as AROA and more letters. Made again under its old name, it gets another one.
user: An identity in IAM for one person or program, with keys that do not end by themselves.
VPC: A private network in AWS, with servers in it.
VPC endpoint: A private door from a network to AWS, with a policy of its own.
wildcard: * for any text and ? for one character in actions and resources.
zone of trust: What an analyzer takes for inside: an account or an organization. Its findings are about all others.
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

/** How a term may be written, its words in small letters. */
interface Name {
  readonly term: Term;
  readonly written: string;
  readonly words: readonly string[];
}

let names: ReadonlyMap<string, readonly Name[]> | null = null;

/** Every name of every term by its first word, those of most words first. */
function namesByWord(): ReadonlyMap<string, readonly Name[]> {
  if (names !== null) return names;
  const made = new Map<string, Name[]>();
  for (const term of glossary()) {
    for (const written of [term.term, ...term.also].flatMap(formsOf)) {
      const words = written.toLowerCase().split(' ');
      const [first = ''] = words;
      made.set(first, [...(made.get(first) ?? []), { term, written, words }]);
    }
  }
  for (const each of made.values()) each.sort((one, other) => other.words.length - one.words.length);
  names = made;
  return made;
}

/** Where terms are in a text, in its order. Of two that begin together the longer one counts. */
export function occurrencesIn(text: string): readonly Occurrence[] {
  const words = [...text.matchAll(/[\w-]+/g)].map(({ 0: word, index }) => ({ word, start: index }));
  const found: Occurrence[] = [];
  for (let at = 0; at < words.length; at++) {
    const start = words[at]?.start ?? 0;
    const name = namesByWord()
      .get(words[at]?.word.toLowerCase() ?? '')
      ?.find((each) => isWritten(each, text.slice(start, endOf(words[at + each.words.length - 1]))));
    if (name === undefined) continue;
    at += name.words.length - 1;
    found.push({ term: name.term, start, end: endOf(words[at]) });
  }
  return found;
}

function endOf(last: { readonly word: string; readonly start: number } | undefined): number {
  return last === undefined ? 0 : last.start + last.word.length;
}

/** True for a name however its words are parted, and in whatever letters: but arn is no ARN, and an effect no Effect. */
function isWritten({ written, words }: Name, text: string): boolean {
  const plain = text.replaceAll(/\s+/g, ' ');
  return /^[A-Z]/.test(written) ? plain === written : plain.toLowerCase() === words.join(' ');
}

/** One of it, and several. */
function formsOf(word: string): readonly string[] {
  return [word, `${word}s`, word.replace(/y$/, 'ies')];
}

/** The term that is called so, in whatever letters; undefined where none is. */
export function termCalled(word: string): Term | undefined {
  const words = word.toLowerCase().split(/\s+/);
  return namesByWord()
    .get(words[0] ?? '')
    ?.find((name) => name.words.join(' ') === words.join(' '))?.term;
}

/** What a term means; empty for what is none. */
export function meaningOf(term: string): string {
  return glossary().find((each) => each.term === term)?.meaning ?? '';
}

/** The terms that occur in a piece of Markdown, in the glossary's order. Where its links lead is no text. */
export function termsIn(markdown: string): readonly Term[] {
  const text = markdown.replaceAll(/\]\([^)\s]*\)/g, ']');
  const found = new Set(occurrencesIn(text).map(({ term }) => term));
  return glossary().filter((term) => found.has(term));
}
