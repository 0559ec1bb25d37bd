import type { ApiError } from '../../operation.ts';
import type { World } from '../../world.ts';
import { failed } from '../define.ts';

/** A member for tokens of grants. */
export const GRANT_TOKENS = {
  type: 'strings',
  help: 'tokens of grants too new to be known everywhere; here all count at once',
} as const;

/**
 * What KMS has against the tokens of a request: one that no grant has. Those of grants change nothing here.
 * Source: KMS Developer Guide, using-grant-token.html.
 */
export function grantTokenProblem(
  world: World,
  tokens: readonly string[] = [],
): { readonly error: ApiError } | null {
  const known = Object.values(world.accounts).flatMap(({ kmsGrants }) =>
    Object.values(kmsGrants).map(({ token }) => token),
  );
  return tokens.every((token) => known.includes(token))
    ? null
    : failed('InvalidGrantTokenException', 'The specified grant token is not valid.');
}
