import { offReason } from './applicability.ts';
import type { Layer } from './decision.ts';
import type { PolicySet } from './policy-set.ts';
import { atEndpoint, principalMatches, type Question, resourceMatches } from './question.ts';
import type { Statement } from './statement.ts';
import type { Template } from './template.ts';

/**
 * The condition keys that the decision looked at and the request does not have, as the policies spell them: those in
 * conditions and variables of statements that cover the caller, the action and, as far as it is known, the resource.
 */
export function missingKeys(question: Question): readonly string[] {
  const missing = new Map<string, string>();
  for (const set of applicableSets(question)) {
    const { denies, allows } = set.candidates(question.actionKey);
    const asked = set === question.layers.vpcEndpoint ? atEndpoint(question) : question;
    for (const { statement } of [...denies.all, ...allows.all]) {
      if (!principalMatches(statement, asked)) continue;
      for (const pattern of statement.resources) addVariables(pattern.template, question, missing);
      if (!resourceMatches(statement, question)) continue;
      addConditionKeys(statement, question, missing);
    }
  }
  return [...missing.values()];
}

function addConditionKeys(statement: Statement, question: Question, missing: Map<string, string>): void {
  for (const test of statement.conditions) {
    if (question.context.find(test.key, test.lookup) === undefined && !missing.has(test.lookup)) {
      missing.set(test.lookup, test.key);
    }
    for (const { template } of test.values) addVariables(template, question, missing);
  }
}

function addVariables(template: Template, question: Question, missing: Map<string, string>): void {
  if (!template.dynamic) return;
  for (const part of template.parts) {
    if (part.kind !== 'variable' || missing.has(part.key)) continue;
    if (question.context.get(part.key) === undefined) missing.set(part.key, part.name);
  }
}

/** The policy sets that have a say, in AWS's order. */
function applicableSets(question: Question): readonly PolicySet[] {
  const { layers } = question;
  const sets: (PolicySet | null)[] = [];
  const on = (layer: Layer) => offReason(layer, question) === null;
  if (on('resource-control')) sets.push(...(layers.resourceControl ?? []).map((level) => level.set));
  if (on('service-control')) sets.push(...(layers.serviceControl ?? []).map((level) => level.set));
  sets.push(layers.vpcEndpoint, layers.resource);
  if (on('identity')) sets.push(layers.identity, layers.boundary, layers.session);
  return sets.filter((set) => set !== null);
}
