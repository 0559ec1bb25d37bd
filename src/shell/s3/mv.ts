import { fileName } from '../files.ts';
import type { Plan } from '../plan.ts';
import { reasonOf } from './failure.ts';
import type { Path } from './uri.ts';

/** `aws s3 mv`: what `cp` does, and then the source is deleted. `copied`: the plan of the copy. */
export function* move(from: Path, copied: Plan): Plan {
  const ending = yield* copied;
  const output = ending.output.replace(/^(download|upload|copy)( failed)?:/, 'move$2:');
  if (ending.exit !== 0) return { ...ending, output };
  if (from.kind === 'file') return { ...ending, output, removed: [fileName(from.path)] };
  const answer = yield {
    operation: 's3:DeleteObject',
    input: { Bucket: from.bucket, Key: from.key },
  };
  return answer.kind === 'done'
    ? { ...ending, output }
    : {
        ...ending,
        output: `${output.replace(/^move:/, 'move failed:')} ${reasonOf('s3:DeleteObject', answer)}`,
        exit: 1,
      };
}
