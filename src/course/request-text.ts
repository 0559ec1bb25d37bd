import { type MapRequest, principalName, shortResource } from '../cloud/access-map/index.ts';

/** A request of an access map in words: `` `bob` may `s3:GetObject` on `notes/diary.txt` ``. */
export function requestText({ principal, permission, circumstances }: MapRequest): string {
  const when = circumstances.label === '' ? '' : `, when ${circumstances.label}`;
  const what = `\`${permission.action}\` on \`${shortResource(permission.resource)}\``;
  return `\`${principalName(principal, false)}\` may ${what}${when}`;
}
