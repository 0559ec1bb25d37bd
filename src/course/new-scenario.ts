/** A scenario and its lesson to begin from: small, and sound as they are. */
export interface NewScenario {
  readonly scenario: string;
  readonly lesson: string;
}

/**
 * The files that `walkthrough new <id>` writes. `schema` is where the JSON Schema of scenarios is, for the
 * completion of editors; null leaves the line out. `order` is the lesson's place in its course, from 1.
 */
export function newScenario(id: string, schema: string | null, order = 1): NewScenario {
  const title = `${id.charAt(0).toUpperCase()}${id.slice(1)}`.replaceAll('-', ' ');
  // YAML would take some ids for a number, a date or nothing at all.
  const quoted = /^[a-z][a-z0-9-]+$/.test(id) && !/^(null|true|false)$/.test(id) ? id : `"${id}"`;
  const filled = (text: string): string =>
    text.replaceAll('{id}', quoted).replaceAll('{title}', title).replaceAll('{order}', String(order));
  const head = schema === null ? '' : `# yaml-language-server: $schema=${schema}\n`;
  return { scenario: head + filled(SCENARIO), lesson: filled(LESSON) };
}

const SCENARIO = `format: 1
id: {id}
title: "{title}"
minutes: 10
summary: Bob reads what is public in the reading room, and nothing else.

# What there is before the learner comes: accounts, users, roles, buckets.
world:
  clock: 2026-03-02T09:00:00Z
  accounts:
    "111122223333":
      name: Acme
      users:
        ann: {policies: [AdministratorAccess]}
        bob: {}
      buckets:
        reading-room:
          objects:
            public/hours.txt: Nine to five
            private/salaries.txt: Nobody knows

# Who sits at the prompt.
start: ann

steps:
  - say: the-room
    title: The reading room
    text: |
      \`ann\` is an administrator. \`bob\` is new here. The bucket \`reading-room\` holds what is public
      and what is private.
    demo:
      - {as: ann, run: "aws s3 ls s3://reading-room/ --recursive", note: "This is what is in the room."}

  # The learner says what will come of a request, and then it is really sent. Nobody writes the answer down.
  - predict: bob-asks
    title: Bob asks
    text: Nobody has written a policy for \`bob\` yet. He asks for the opening hours.
    request: {as: bob, run: "aws s3api get-object --bucket reading-room --key public/hours.txt hours.txt"}
    # What is said to come of a request is a link, and checked: it has to be true.
    reveal: |
      It was [denied](claim:denied/identity): no statement says yes, and without a yes the answer is no.

  - predict: ann-asks
    title: Ann asks
    text: She has AdministratorAccess, and asks for the same object.
    request: {as: ann, run: "aws s3api get-object --bucket reading-room --key public/hours.txt hours.txt"}
    reveal: |
      It was [allowed](claim:allowed): one of her policies says yes, and nothing says no.

  # The learner changes the world until every goal holds. Any way that meets them is right.
  - task: let-bob-read
    title: Let Bob read
    text: |
      Let \`bob\` read what is below \`public/\` in \`reading-room\`, and nothing more.
    goals:
      - id: reads
        text: "\`bob\` reads \`public/hours.txt\`"
        request: {as: bob, run: "aws s3api get-object --bucket reading-room --key public/hours.txt hours.txt"}
        expect: allowed
        reply: Bob cannot read the opening hours yet.
      - id: private
        text: "\`bob\` does not read \`private/salaries.txt\`"
        request: {as: bob, run: "aws s3api get-object --bucket reading-room --key private/salaries.txt salaries.txt"}
        expect: denied
        because: [identity]
        reply: Bob reads the salaries as well. Look at the resource of your statement.
      - id: only-reads
        text: "\`bob\` does not delete \`public/hours.txt\`"
        request: {as: bob, run: "aws s3api delete-object --bucket reading-room --key public/hours.txt"}
        expect: denied
        reply: Bob can delete the opening hours. Look at the action of your statement.
    # From a nudge to the solution. Only the last one may give a whole line away.
    hints:
      - {when: reads, text: "Who says yes to \`bob\`? A policy of his own can."}
      - {text: "\`aws iam put-user-policy\` writes a policy into a user. The action is \`s3:GetObject\`."}
      - {text: "The resource is \`arn:aws:s3:::reading-room/public/*\`: the bucket, then the beginning of the key."}
    solution:
      - write:
          name: read.json
          content: |
            {
              "Version": "2012-10-17",
              "Statement": {
                "Effect": "Allow",
                "Action": "s3:GetObject",
                "Resource": "arn:aws:s3:::reading-room/public/*"
              }
            }
      - {as: ann, run: "aws iam put-user-policy --user-name bob --policy-name read --policy-document file://read.json"}
    # What a learner may well try, and the goal that has to notice.
    near-misses:
      - name: the whole bucket
        fails: private
        run:
          - as: ann
            run: >-
              aws iam put-user-policy --user-name bob --policy-name read --policy-document
              '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::reading-room/*"}}'
      - name: every action on what is public
        fails: only-reads
        run:
          - as: ann
            run: >-
              aws iam put-user-policy --user-name bob --policy-name read --policy-document
              '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::reading-room/public/*"}}'

# At the end. A wrong option names the wrong idea it shows.
quiz:
  - id: silence
    text: No policy says anything about a request. What comes of it?
    options:
      - {text: "It is denied", right: true, reply: "Without a yes the answer is no: an implicit deny."}
      - {text: "It is allowed", misconception: silence-allows, reply: "Nobody said yes, so it is denied."}
      - {text: "Ann is asked", misconception: people-decide, reply: "Policies decide, at once and without asking."}
    reread: bob-asks
  - id: arn
    text: Which resource covers every object below \`public/\`?
    options:
      - {text: "\`arn:aws:s3:::reading-room\`", misconception: bucket-covers-objects, reply: "That is the bucket, not what is in it."}
      - {text: "\`arn:aws:s3:::reading-room/public/*\`", right: true, reply: "Bucket, slash, and how the keys begin."}
      - {text: "\`arn:aws:s3:::reading-room/*\`", misconception: star-is-harmless, reply: "That is every object, the private ones too."}
    reread: let-bob-read
  - id: action
    text: Bob shall read objects. Which action does he need?
    options:
      - {text: "\`s3:ListBucket\`", misconception: list-is-read, reply: "That shows the names of objects, not what is in them."}
      - {text: "\`s3:GetObject\`", right: true, reply: "Reading an object is this one action."}
      - {text: "\`s3:*\`", misconception: wide-is-easy, reply: "He could delete objects, too."}
    reread: let-bob-read
  - id: administrator
    text: Why could \`ann\` read the object from the start?
    options:
      - {text: "One of her policies allows it", right: true, reply: "AdministratorAccess allows every action on everything."}
      - {text: "She made the bucket herself", misconception: maker-owns, reply: "Who made something does not matter to a decision."}
      - {text: "People in the account may read", misconception: account-trusts-its-own, reply: "Bob is in the account as well."}
    reread: ann-asks
`;

const LESSON = `---
format: 1
id: {id}
title: "{title}"
order: {order}
minutes: 10
summary: Who may read what, and who says so.
scenario: {id}
read-next: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html
---
# A request

Somebody asks AWS to do something: who asks, what for, and on which thing.
\`bob\` asks to get the object \`public/hours.txt\`.
---
# An answer

AWS looks for a statement that says yes. When there is none, the answer is no.
When one says no, it stays no, whatever else says yes.
`;
