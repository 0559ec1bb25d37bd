import { own } from '../../cloud/own.ts';
import type { Machine, Settings } from '../machine.ts';
import type { Question } from '../question.ts';

/** Why something cannot be the name of a profile or of an SSO session; null when it can. */
export function nameProblem(name: string, what = 'a profile'): string | null {
  return /^[\w.@/+-]{1,128}$/.test(name) && name !== '__proto__'
    ? null
    : `'${name}' cannot be the name of ${what} here.`;
}

/** The machine with settings of a profile changed, or a profile made. */
export function withProfile(machine: Machine, name: string, settings: Settings): Machine {
  const profile = { ...own(machine.profiles, name), ...settings };
  return { ...machine, profiles: { ...machine.profiles, [name]: profile } };
}

/** A question as the AWS CLI puts it, with the present value in brackets. */
export function withValue(
  text: string,
  value: string | undefined,
): Required<Pick<Question, 'question' | 'advice'>> {
  return { question: `${text} [${value ?? 'None'}]: `, advice: 'Enter keeps what stands in brackets.' };
}
