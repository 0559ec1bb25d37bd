/** A resource as people say it: what its ARN has after the account, such as `user/joanne`, `assets/site/index.html`. */
export function shortResource(arn: string): string {
  const parts = arn.split(':');
  return parts[0] === 'arn' && parts.length > 5 ? parts.slice(5).join(':') : arn;
}
