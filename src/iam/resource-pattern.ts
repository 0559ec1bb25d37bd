import { resourceStart } from './arn.ts';
import type { Glob } from './glob.ts';
import type { PatternProblem } from './problem.ts';
import { type Pattern, patternOf, type Template, templateOf, type VariableSource } from './template.ts';

/** One value of a Resource or NotResource. Compiled when first held against a request. */
export class ResourcePattern {
  /** As written. */
  readonly source: string;
  private readonly variables: boolean;
  private compiled: Pattern | null = null;
  /** Set once compiled, when the pattern holds no variables. */
  private fixed: Glob | null = null;

  constructor(source: string, variables: boolean) {
    this.source = source;
    this.variables = variables;
  }

  /** The pattern with its variables; they count only after the ARN's fifth colon. */
  get template(): Template {
    return this.pattern().template;
  }

  matches(resource: string, source: VariableSource): boolean {
    if (this.fixed !== null) return this.fixed.matches(resource);
    return (this.compiled ?? this.pattern()).matches(resource, source);
  }

  private pattern(): Pattern {
    if (this.compiled === null) {
      const start = resourceStart(this.source);
      this.compiled = patternOf(templateOf(this.source, this.variables && start >= 0, Math.max(start, 0)));
      this.fixed = this.compiled.fixed;
    }
    return this.compiled;
  }

  /**
   * The literal text with which the resource part of a matching ARN begins; null when nothing can be told. It holds
   * for resources with exactly five colons only: then a star before the fifth cannot reach beyond it.
   */
  literalStart(): string | null {
    const start = resourceStart(this.source);
    if (start < 0) return null;
    const rest = this.source.slice(start);
    if (rest.includes(':') && !rest.includes('${')) return null;
    return /^[^*?$:]*/.exec(rest)?.[0] ?? '';
  }
}

/** What is wrong with a resource pattern; null when nothing is. */
export function resourceProblem(text: string): PatternProblem | null {
  if (text === '*') return null;
  if (text.startsWith('arn:') && (text.endsWith('*') || resourceStart(text) >= 0)) return null;
  const message = `${JSON.stringify(text)} is no ARN: write arn:partition:service:region:account:resource, or "*".`;
  return { code: text.startsWith('arn:') ? 'MISSING_ARN_FIELD' : 'INVALID_ARN_PREFIX', message };
}
