import { expect, test } from 'vitest';
import { asTable } from '../../../../src/shell/aws/output/table.ts';

// The two examples of the AWS CLI's user guide, cli-usage-output-format.html and cli-usage-filter.html.
const VOLUMES = [
  { AZ: 'us-west-2a', ID: 'vol-e11a5288', InstanceId: 'i-a071c394', Size: 30 },
  { AZ: 'us-west-2a', ID: 'vol-2e410a47', InstanceId: 'i-4b41a37c', Size: 8 },
];

function drawn(title: string, value: Parameters<typeof asTable>[1]): string {
  const table = asTable(title, value);
  return table.kind === 'table' ? table.text : table.message;
}

test('a list of structures is one box with a header', () => {
  expect(drawn('DescribeVolumes', VOLUMES)).toBe(
    `
------------------------------------------------------
|                   DescribeVolumes                  |
+------------+----------------+--------------+-------+
|     AZ     |      ID        | InstanceId   | Size  |
+------------+----------------+--------------+-------+
|  us-west-2a|  vol-e11a5288  |  i-a071c394  |  30   |
|  us-west-2a|  vol-2e410a47  |  i-4b41a37c  |  8    |
+------------+----------------+--------------+-------+`.trim(),
  );
});

test('a list of lists is one box without a header', () => {
  const rows = VOLUMES.map(({ AZ, ID, InstanceId, Size }) => [ID, InstanceId, AZ, Size]);
  expect(drawn('DescribeVolumes', rows)).toBe(
    `
----------------------------------------------------
|                  DescribeVolumes                 |
+--------------+--------------+--------------+-----+
|  vol-e11a5288|  i-a071c394  |  us-west-2a  |  30 |
|  vol-2e410a47|  i-4b41a37c  |  us-west-2a  |  8  |
+--------------+--------------+--------------+-----+`.trim(),
  );
});

test('what a structure holds stands in boxes of its own, further in', () => {
  const answer = { Users: [{ Name: 'ana', Tags: [{ Key: 'team', Value: 'red' }] }, { Name: 'bob' }] };
  expect(drawn('ListUsers', answer)).toBe(
    `
-----------------------
|      ListUsers      |
+---------------------+
||       Users       ||
|+-------------------+|
||       Name        ||
|+-------------------+|
||  ana              ||
|+-------------------+|
|||      Tags       |||
||+-------+---------+||
|||  Key  |  Value  |||
||+-------+---------+||
|||  team |  red    |||
||+-------+---------+||
||       Users       ||
|+-------------------+|
||       Name        ||
|+-------------------+|
||  bob              ||
|+-------------------+|`.trim(),
  );
});

test('a box of one row that is wider than 80 characters is shown upright', () => {
  const answer = { Account: '111122223333', Arn: `arn:aws:iam::111122223333:user/${'x'.repeat(60)}` };
  const lines = drawn('GetCallerIdentity', answer).split('\n');
  expect(lines[3]).toMatch(/^\| {2}Account\| {2}111122223333 +\|$/);
  expect(new Set(lines.map((line) => line.length)).size).toBe(1);
});

test('nothing draws nothing, and text alone only its title', () => {
  expect(drawn('ListUsers', [])).toBe('');
  expect(drawn('ListUsers', null)).toBe('');
  expect(drawn('GetUser', 'x')).toBe('---------\n|GetUser|\n+-------+');
});

test('rows of different lengths make no table', () => {
  expect(asTable('T', [['a', 'b'], ['c']])).toEqual({
    kind: 'problem',
    message: 'Row should have 2 elements, instead it has 1',
  });
});
