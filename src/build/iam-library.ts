import {
  type Finding,
  type PolicyDocument,
  type PolicyKind,
  type ServiceData,
  validatePolicy as validate,
} from '../iam/index.ts';

/** What `walkthrough/iam` is: the engine, with AWS's service data at hand for validation. */
export * from '../iam/index.ts';

/**
 * Finds what AWS would not take in a policy and what is probably a mistake, errors first; none means that nothing
 * was found. Actions, resource types and condition keys are held against the data that ships with the package, read
 * when it is first needed, or against `services`. Outside Node there is no data, and those checks are left out.
 */
export function validatePolicy(
  policy: string | PolicyDocument,
  kind: PolicyKind,
  services: ServiceData | undefined = shippedData(),
): readonly Finding[] {
  return validate(policy, kind, services);
}

let shipped: ServiceData | undefined;

function shippedData(): ServiceData | undefined {
  // Asked for at run time, so that the library can be loaded where there is no Node.
  const files = globalThis.process?.getBuiltinModule?.('node:fs');
  if (shipped === undefined && files !== undefined) {
    shipped = JSON.parse(files.readFileSync(new URL('./service-data.json', import.meta.url), 'utf8'));
  }
  return shipped;
}
