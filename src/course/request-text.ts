import {
  isSettable,
  type MapRequest,
  NOT_THERE,
  principalName,
  shortResource,
} from '../cloud/access-map/index.ts';

/** A request of an access map in words: `` `bob` may `s3:GetObject` on `notes/diary.txt` ``. */
export function requestText({ principal, permission, circumstances }: MapRequest): string {
  // Circumstances that requests for this action never have change nothing.
  const isSaid = Object.keys(circumstances.context).some((key) => isSettable(key, permission.action));
  const when = isSaid ? `, when ${circumstances.label}` : '';
  const resource = shortResource(permission.resource);
  const note = resource.includes(NOT_THERE) ? ' (there is nothing of that name yet)' : '';
  const what = `\`${permission.action}\` on \`${resource}\`${note}`;
  return `\`${principalName(principal, false)}\` may ${what}${when}`;
}
