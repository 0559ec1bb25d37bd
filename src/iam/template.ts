import { codesOf, type Glob, globOf, globOfCodes } from './glob.ts';

/** Where a variable's value comes from: one value of a condition key, or undefined when it has none. */
export interface VariableSource {
  variable(key: string): string | undefined;
}

/** A piece of a template: text as written, a character that an escape stands for, or a variable. */
export type TemplatePart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'escape'; readonly text: string }
  | {
      readonly kind: 'variable';
      /** As written. */
      readonly name: string;
      /** In lower case: condition keys ignore case. */
      readonly key: string;
      readonly fallback: string | null;
    };

/**
 * Splits a policy value into text, the escapes `${*}` `${?}` `${$}`, and variables with or without a default
 * (`${aws:PrincipalTag/team, 'none'}`). What is not a well-formed variable stays text.
 * `from` is the first position where a variable counts.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function parseTemplate(source: string, from = 0): readonly TemplatePart[] {
  const parts: TemplatePart[] = [];
  let text = 0;
  let at = source.indexOf('${', from);
  while (at >= 0) {
    const variable = variableAt(source, at);
    if (variable === null) {
      at = source.indexOf('${', at + 2);
      continue;
    }
    if (at > text) parts.push({ kind: 'text', text: source.slice(text, at) });
    parts.push(variable.part);
    text = variable.end;
    at = source.indexOf('${', text);
  }
  if (text < source.length || parts.length === 0) parts.push({ kind: 'text', text: source.slice(text) });
  return parts;
}

/** The variable or escape that starts at `at`, and where it ends; null when it is not well formed. */
function variableAt(
  source: string,
  at: number,
): { readonly part: TemplatePart; readonly end: number } | null {
  VARIABLE.lastIndex = at;
  const found = VARIABLE.exec(source);
  if (found === null) return null;
  const [whole, inside = '', fallback = null] = found;
  const end = at + whole.length;
  if (fallback === null && (inside === '*' || inside === '?' || inside === '$')) {
    return { part: { kind: 'escape', text: inside }, end };
  }
  const name = inside.trim();
  if (name === '') return null;
  return { part: { kind: 'variable', name, key: name.toLowerCase(), fallback }, end };
}

// Each part stops at the next special character, so that a text full of openings is read in linear time.
const VARIABLE = /\$\{([^{},']*)(?:, *'([^']*)' *)?\}/y;

/** A policy value in which variables may stand. */
export interface Template {
  /** As written in the policy. */
  readonly source: string;
  readonly parts: readonly TemplatePart[];
  /** True when its meaning depends on the request. */
  readonly dynamic: boolean;
}

/** Makes a template of a policy value; without `variables` everything in it is literal (Version 2008-10-17). */
export function templateOf(source: string, variables: boolean, from = 0): Template {
  if (!variables || source.indexOf('${', from) < 0) {
    return { source, parts: [{ kind: 'text', text: source }], dynamic: false };
  }
  const parts = parseTemplate(source, from);
  return { source, parts, dynamic: parts.some((part) => part.kind === 'variable') };
}

/** The template's text with its variables filled in; null when one has no value and no default. */
export function resolveText(template: Template, source: VariableSource): string | null {
  let text = '';
  for (const part of template.parts) {
    if (part.kind !== 'variable') {
      text += part.text;
      continue;
    }
    const value = source.variable(part.key) ?? part.fallback;
    if (value === null) return null;
    text += value;
  }
  return text;
}

/**
 * The template's pattern codes with its variables filled in; null when one has no value and no default.
 * Wildcards count where the policy writes them. In the value of a variable they are ordinary characters.
 */
export function resolveCodes(template: Template, source: VariableSource): number[] | null {
  const codes: number[] = [];
  for (const part of template.parts) {
    if (part.kind === 'text') {
      for (const code of codesOf(part.text)) codes.push(code);
      continue;
    }
    const value = part.kind === 'escape' ? part.text : (source.variable(part.key) ?? part.fallback);
    if (value === null) return null;
    for (let i = 0; i < value.length; i++) codes.push(value.charCodeAt(i));
  }
  return codes;
}

/** A pattern that may hold variables, ready to be held against values. */
export interface Pattern {
  readonly template: Template;
  /** What it matches when it holds no variables; else null. */
  readonly fixed: Glob | null;
  matches(value: string, source: VariableSource): boolean;
}

/** Compiles a template to a pattern with wildcards. */
export function patternOf(template: Template): Pattern {
  if (template.dynamic) return new DynamicPattern(template);
  const [only] = template.parts;
  if (template.parts.length === 1 && only?.kind === 'text')
    return new FixedPattern(template, globOf(only.text));
  return new FixedPattern(template, globOfCodes(resolveCodes(template, NO_VARIABLES) ?? []));
}

const NO_VARIABLES: VariableSource = { variable: () => undefined };

class FixedPattern implements Pattern {
  readonly template: Template;
  readonly fixed: Glob;
  constructor(template: Template, glob: Glob) {
    this.template = template;
    this.fixed = glob;
  }
  matches(value: string): boolean {
    return this.fixed.matches(value);
  }
}

class DynamicPattern implements Pattern {
  readonly template: Template;
  readonly fixed = null;
  /** The text before the first wildcard or variable: what differs there needs no variable. */
  private readonly prefix: string;
  private lastValues: string | null = null;
  private lastGlob: Glob | null = null;
  constructor(template: Template) {
    this.template = template;
    const [first] = template.parts;
    this.prefix = first?.kind === 'text' ? (/^[^*?]*/.exec(first.text)?.[0] ?? '') : '';
  }
  matches(value: string, source: VariableSource): boolean {
    if (!value.startsWith(this.prefix)) return false;
    const values = variableValues(this.template, source);
    if (values === null) return false;
    if (this.lastGlob === null || values !== this.lastValues) {
      this.lastGlob = globFor(this.template, source);
      this.lastValues = values;
    }
    return this.lastGlob.matches(value);
  }
}

/** The values of a template's variables as one string, each with its length; null when one has none. */
function variableValues(template: Template, source: VariableSource): string | null {
  let values = '';
  for (const part of template.parts) {
    if (part.kind !== 'variable') continue;
    const value = source.variable(part.key) ?? part.fallback;
    if (value === null) return null;
    values += `${value.length}:${value}`;
  }
  return values;
}

/** String globs are faster than code globs, and as good when no value holds a wildcard character. */
function globFor(template: Template, source: VariableSource): Glob {
  const plain = template.parts.every(
    (part) =>
      part.kind === 'text' ||
      (part.kind === 'variable' && !/[*?]/.test(source.variable(part.key) ?? part.fallback ?? '')),
  );
  if (plain) return globOf(resolveText(template, source) ?? '');
  return globOfCodes(resolveCodes(template, source) ?? []);
}
