import { type JsonNode, offsetOf, placeOf, readJson } from '../json-text.ts';
import { compileDocument } from '../policy.ts';
import { formProblems } from '../policy-form.ts';
import { isObject, kindOf, type Path, pathText } from '../problem.ts';
import type { PolicyDocument } from '../request.ts';
import { checkConditions } from './conditions.ts';
import type { Finding, FindingLevel, PolicyKind, Report } from './finding.ts';
import { checkKind, formOf } from './kinds.ts';
import type { ServiceData } from './service-data.ts';
import { checkServices } from './services.ts';
import { policySize, SIZE_LIMITS } from './size.ts';
import { checkStatements } from './statements.ts';

/**
 * Finds what AWS would not take in a policy, what is probably a mistake in it, and what could be simpler. Errors come
 * first, then warnings, then suggestions; none means that nothing was found. Never throws. Given text, each finding
 * has its line and column. Actions, resource types and condition keys are checked only with `services`.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
 */
export function validatePolicy(
  policy: string | PolicyDocument,
  kind: PolicyKind,
  services?: ServiceData,
): readonly Finding[] {
  const findings: Finding[] = [];
  const source = typeof policy === 'string' ? { text: policy, root: readJson(policy) } : null;
  if (source !== null && 'message' in source.root) {
    const place = placeOf(source.text, source.root.offset);
    return [
      {
        level: 'error',
        code: 'JSON_SYNTAX_ERROR',
        message: `This is not JSON: ${source.root.message}`,
        path: [],
        at: '',
        ...place,
      },
    ];
  }
  const root = source !== null && !('message' in source.root) ? source.root : null;
  const report: Report = (level, code, path, message) => {
    const place = source === null || root === null ? NOWHERE : placeOf(source.text, offsetOf(root, path));
    findings.push({ level, code, message, path, at: pathText(path), ...place });
  };
  const document: unknown = typeof policy === 'string' ? JSON.parse(policy) : policy;
  if (root !== null) reportRepeatedFields(root, [], report);
  if (!isObject(document)) {
    report('error', 'JSON_SYNTAX_ERROR', [], `A policy must be a JSON object, not ${kindOf(document)}.`);
    return findings;
  }
  checkSize(typeof policy === 'string' ? policy : safeText(document), kind, report);
  checkDocument(document, kind, services ?? null, report);
  return LEVELS.flatMap((level) => findings.filter((finding) => finding.level === level));
}

const LEVELS: readonly FindingLevel[] = ['error', 'warning', 'suggestion'];
const NOWHERE = { line: null, column: null };

function checkDocument(
  document: PolicyDocument,
  kind: PolicyKind,
  services: ServiceData | null,
  report: Report,
): void {
  const compiled = compileDocument(document);
  for (const problem of [...compiled.problems, ...formProblems(compiled, formOf(kind))]) {
    const isOfScp = kind === 'service-control' && problem.code === 'UNSUPPORTED_PRINCIPAL';
    report('error', isOfScp ? 'SCP_SYNTAX_ERROR_PRINCIPAL' : problem.code, problem.path, problem.message);
  }
  checkKind(compiled, kind, report);
  checkStatements(compiled, kind, report);
  checkConditions(compiled, report);
  if (services !== null) checkServices(compiled, kind, services, report);
}

function checkSize(text: string, kind: PolicyKind, report: Report): void {
  const limit = SIZE_LIMITS[kind];
  if (limit === null) return;
  const size = policySize(text, limit);
  if (size <= limit.characters) return;
  const space = limit.whiteSpaceCounts ? '' : ' without white space';
  report(
    'error',
    limit.code,
    [],
    `The policy has ${size} characters${space}; the limit of ${limit.of} is ${limit.characters}.`,
  );
}

/** The document as short text; empty when it is no JSON, as a cycle is not. */
function safeText(document: PolicyDocument): string {
  try {
    return JSON.stringify(document);
  } catch {
    return '';
  }
}

/** A field given twice: JSON readers keep the last, AWS refuses it. */
function reportRepeatedFields(node: JsonNode, path: Path, report: Report): void {
  if (node.kind === 'list') {
    for (const [i, item] of node.items.entries()) reportRepeatedFields(item, [...path, i], report);
  }
  if (node.kind !== 'object') return;
  const seen = new Set<string>();
  for (const { key, node: value } of node.members) {
    if (seen.has(key))
      report('error', 'JSON_SYNTAX_ERROR', [...path, key], `${JSON.stringify(key)} is given twice.`);
    seen.add(key);
    reportRepeatedFields(value, [...path, key], report);
  }
}
