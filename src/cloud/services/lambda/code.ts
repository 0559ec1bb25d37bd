import type { ApiRequest } from '../../answer.ts';
import { jsonObject } from '../../json-object.ts';

/** What a function does when it runs, or why it cannot, as an error of its runtime. */
export type Program =
  | { readonly requests: readonly ApiRequest[] }
  | { readonly errorType: string; readonly errorMessage: string };

/**
 * Reads a function's code. Instead of a program it is a list of requests to AWS, one a line: the operation, and its
 * input as JSON. Empty lines, and lines that begin with #, are skipped.
 */
export function readCode(code: string): Program {
  const requests: ApiRequest[] = [];
  for (const [index, text] of code.split('\n').entries()) {
    const line = text.trim();
    if (line === '' || line.startsWith('#')) {
      continue;
    }
    const [, operation = '', json = '{}'] = /^([a-z0-9-]+:[A-Za-z0-9]+)(?:\s+(\{.*\}))?$/.exec(line) ?? [];
    const input = operation === '' ? null : jsonObject(json);
    if (input === null) {
      return {
        errorType: 'Runtime.UserCodeSyntaxError',
        errorMessage: `Line ${index + 1} is not an operation and its input, such as iam:ListUsers {} or s3:GetObject {"Bucket":"assets","Key":"index.html"}.`,
      };
    }
    if (operation === 'lambda:Invoke') {
      return {
        errorType: 'Runtime.NotSimulated',
        errorMessage: 'A function that invokes a function is not simulated here.',
      };
    }
    requests.push({ operation, input });
  }
  return { requests };
}
