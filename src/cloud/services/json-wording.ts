import type { Wording } from './service.ts';

/** How services that speak JSON word what they say of credentials and permissions. */
export const JSON_WORDING: Wording = {
  expired: {
    code: 'ExpiredTokenException',
    message: 'The security token included in the request is expired',
  },
  invalid: {
    code: 'UnrecognizedClientException',
    message: 'The security token included in the request is invalid.',
  },
  denied: { code: 'AccessDeniedException', before: '' },
};
