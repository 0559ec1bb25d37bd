import { expect, test } from 'vitest';
import { splitCommands } from '../../src/course/commands.ts';

test.each([
  ['aws s3 ls\n\n# nothing\n  whoami\n', ['aws s3 ls', 'whoami']],
  ['aws s3 ls \\\n  s3://room', ['aws s3 ls s3://room']],
  ["aws x '{\n> a\n}'\nwhoami", ["aws x '{\n> a\n}'", 'whoami']],
  [
    "aws configure\n  > it's\n>\n  > json\nwhoami\naws s3 ls\n> 123456",
    ["aws configure\n> it's\n>\n> json", 'whoami', 'aws s3 ls\n> 123456'],
  ],
  ['> nobody asked', ['> nobody asked']],
])('%j is split into commands with their answers', (run, commands) => {
  expect(splitCommands(run)).toEqual(commands);
});
