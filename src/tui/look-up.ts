import type { StepView } from '../course/view.ts';
import { glossary, type Term, termCalled, termsIn } from './glossary.ts';
import { namedFirst, type Search } from './search.ts';

/** The terms in all that a step says and asks. */
export function termsOfStep({ step, passages, goals, ask }: StepView): readonly Term[] {
  const asked = ask.kind === 'choose' ? [ask.question, ...ask.options] : [];
  const texts = [
    step.title,
    ...passages.map((each) => each.markdown),
    ...goals.map((goal) => goal.text),
    ...asked,
  ];
  return termsIn(texts.join('\n'));
}

/** Those of some terms that are searched for: those named so come before those that only say it. */
export function foundTerms(terms: readonly Term[], search: Pick<Search, 'words'> | null): readonly Term[] {
  const name = ({ term, also }: Term) => [term, ...also].join(' ');
  return namedFirst(terms, search, name, (each) => `${name(each)} ${each.meaning}`);
}

/**
 * What the glossary says, as plain text: of the words that were asked for, else of those in the step, else what can be
 * asked for.
 */
export function glossaryText(words: string, view: StepView | null): string {
  if (words !== '') {
    const terms = termsCalled(words);
    return terms.length > 0 ? rowsOf(terms) : `“${words}” is not in the glossary. Type glossary for what is.`;
  }
  const here = view === null ? [] : termsOfStep(view);
  return here.length > 0
    ? `${rowsOf(here)}\nType glossary and a word for others.`
    : `Type glossary and a word. There are: ${glossary()
        .map(({ term }) => term)
        .join(', ')}.`;
}

/** The term that is called so; else all that have the words. */
function termsCalled(words: string): readonly Term[] {
  const called = termCalled(words);
  return called === undefined ? foundTerms(glossary(), { words }) : [called];
}

function rowsOf(terms: readonly Term[]): string {
  return terms.map(({ term, meaning }) => `${term}: ${meaning}`).join('\n');
}
