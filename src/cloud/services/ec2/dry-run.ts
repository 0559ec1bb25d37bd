import type { Operation } from '../../operation.ts';
import { failed } from '../define.ts';

/**
 * An operation that can be tried: with --dry-run EC2 says whether its caller may, and does nothing.
 * Source: EC2 API Reference, errors-overview.html, DryRunOperation.
 */
export function withDryRun(operation: Operation): Operation {
  return {
    ...operation,
    input: {
      ...operation.input,
      DryRun: { type: 'boolean', help: 'only find out whether you may; that you may is an error, too' },
    },
    effect: (input, caller, world, denied) =>
      input.DryRun === true
        ? failed('DryRunOperation', 'Request would have succeeded, but DryRun flag is set.')
        : operation.effect(input, caller, world, denied),
  };
}
