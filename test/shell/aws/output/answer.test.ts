import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Json } from '../../../../src/cloud/operation.ts';
import { applyQuery, readQuery } from '../../../../src/shell/aws/output/query.ts';
import { asTable } from '../../../../src/shell/aws/output/table.ts';
import { asText } from '../../../../src/shell/aws/output/text.ts';
import { ACCOUNT, openCompany, run } from '../../company.ts';

const aws = (line: string) => run(openCompany(), `aws ${line}`);

test.each([
  ["iam list-users --query 'Users[*].UserName' --output text", 'admin\tjoanne\tnokeys\tvisitor'],
  ['iam get-user --user-name joanne --query User.UserName', '"joanne"'],
  ["iam list-users --query 'Users[?UserName==`joanne`].UserName | [0]' --output text", 'joanne'],
  ["iam list-users --query 'length(Users)'", '4'],
  ['iam get-user --user-name joanne --query User.Nothing', 'null'],
  ['iam get-user --user-name joanne --query toString', 'null'],
  ["iam get-user --user-name joanne --query '[constructor,User.__proto__]' --output text", 'None\tNone'],
  ['iam get-user --user-name joanne --query User.Nothing --output text', 'None'],
  ["iam list-users --query 'Users[?UserName==`x`]'", '[]'],
  ["iam list-users --query 'Users[?UserName==`x`]' --output text", ''],
  ['iam get-user --user-name joanne --query User.UserName --output table', '---------\n|GetUser|\n+-------+'],
  ['--query Account sts get-caller-identity --output=text', ACCOUNT],
  [
    "iam get-policy --policy-arn arn:aws:iam::111122223333:policy/WorkloadBoundary --query 'Policy.[IsAttachable,DefaultVersionId]' --output text",
    'True\tv1',
  ],
])('aws %s', (line, output) => {
  expect(aws(line)).toMatchObject({ output, exit: 0 });
});

test('text has the name of a list in capitals before each of its lines, and values in the order of their names', () => {
  const { output } = aws('iam list-groups-for-user --user-name joanne --output text');
  expect(output).toBe('');
  const users = aws('iam list-users --output text').output.split('\n');
  expect(users).toHaveLength(4);
  expect(users[0]).toMatch(
    /^USERS\tarn:aws:iam::111122223333:user\/admin\t2\d{3}-[^\t]+\t\/\tAIDA\w+\tadmin$/,
  );
  expect(aws('sts get-caller-identity --output text').output).toMatch(/^111122223333\tarn:[^\t]+\tAIDA\w+$/);
  expect(asText({ Tags: [{ Key: 'a', Value: 'b' }, { Key: 'c' }], Names: ['x', 'y'], Ok: false })).toBe(
    'False\nNAMES\tx\nNAMES\ty\nTAGS\ta\tb\nTAGS\tc\t',
  );
});

test('a table of a real answer has lines of one width', () => {
  const { output } = aws('iam list-users --output table');
  expect(output).toMatch(/^-+\n\| +ListUsers +\|\n/);
  expect(new Set(output.split('\n').map((line) => line.length)).size).toBe(1);
});

test.each([
  ["'Users['", 'Bad value for --query Users[: Invalid jmespath expression: '],
  ["'Users[?a>1]'", 'Bad value for --query Users[?a>1]: Invalid jmespath expression: '],
  ["''", 'Bad value for --query : Invalid JMESPath expression: cannot be empty.'],
  ["'let $x = Users in $x'", 'the AWS CLI does not know'],
  [`'${'['.repeat(20_000)}'`, 'Invalid jmespath expression: '],
])('--query %s is refused before anything is sent', (query, message) => {
  const session = openCompany();
  const turn = run(session, `aws iam list-users --query ${query}`);
  expect(turn).toMatchObject({ exit: 252, attempts: [] });
  expect(turn.output).toContain(message);
  expect(turn.session).toBe(session);
});

test.each([
  ['nothing(@)', 'Unknown function: nothing()'],
  ["trim('a')", 'Unknown function: trim()'],
  ['sort_by(@, &x)', 'Invalid type: sort_by()'],
  [Array(20).fill('[@,@]').join('|'), 'What --query finds is too large'],
])('--query %s fails when the answer is there', (query, message) => {
  const turn = aws(`iam list-users --query "${query}"`);
  expect(turn).toMatchObject({ exit: 255, attempts: [{ answer: { kind: 'done' } }] });
  expect(turn.output).toContain(message);
});

test('--max-items cuts the list and gives a token for the rest', () => {
  const first = JSON.parse(aws('iam list-users --max-items 3').output);
  expect(first.Users).toHaveLength(3);
  expect(first.NextToken).toBe('eyJNYXJrZXIiOiBudWxsLCAiYm90b190cnVuY2F0ZV9hbW91bnQiOiAzfQ==');
  const rest = JSON.parse(aws(`iam list-users --starting-token ${first.NextToken}`).output);
  expect(rest.Users.map(({ UserName }: { UserName: string }) => UserName)).toEqual(['visitor']);
  expect(rest.NextToken).toBeUndefined();
  expect(aws('iam list-users --max-items 1 --output text --query Users[].UserName').output).toBe(
    'admin\nNone',
  );
  expect(aws('iam list-users --max-items 1 --output text').output).toMatch(/\nNEXTTOKEN\teyJ/);
  expect(aws('iam list-users --page-size 1').output).toBe(aws('iam list-users --no-paginate').output);
});

test.each([
  ['iam list-users --max-items x', "invalid literal for int() with base 10: 'x'"],
  ['iam list-users --max-items', 'argument --max-items: expected one argument'],
  [
    'iam list-users --no-paginate --max-items 1',
    'Cannot specify --no-paginate along with pagination arguments: --max-items',
  ],
  ['iam list-users --starting-token x', 'Bad starting token: x'],
  ['iam get-user --max-items 1', 'Unknown options: --max-items, 1'],
  ['ec2 describe-instances --region eu-west-1', 'Everything here stands in us-east-1, and '],
  ['iam list-users --region mars', 'Everything here stands in us-east-1, and '],
  ['iam list-users --region', 'argument --region: expected one argument'],
])('aws %s: nothing is sent', (line, message) => {
  const turn = aws(line);
  expect(turn.attempts).toEqual([]);
  expect(turn.exit).toBeGreaterThan(0);
  expect(turn.output).toContain(message);
});

test('the simulated region is accepted, and any for a service that has none', () => {
  expect(aws('ec2 describe-instances --region us-east-1').exit).toBe(0);
  expect(aws('iam list-users --region eu-west-1').exit).toBe(0);
});

test('any JSON can be shown as a table and as text, and any text may be a query', () => {
  const json = fc.jsonValue({ maxDepth: 4 });
  fc.assert(
    fc.property(json, fc.string(), (value, expression) => {
      const answer: Json = JSON.parse(JSON.stringify(value));
      const table = asTable('T', answer);
      if (table.kind === 'table' && table.text !== '' && /^[ -~\n]*$/.test(table.text)) {
        expect(new Set(table.text.split('\n').map((line) => line.length)).size).toBe(1);
      }
      expect(typeof asText(answer)).toBe('string');
      const query = readQuery(expression);
      if (query.kind === 'query') expect(applyQuery(query.expression, answer)).toBeDefined();
    }),
    { numRuns: 300 },
  );
});
