import type { Actor } from '../../cloud/actor.ts';
import { own } from '../../cloud/own.ts';
import { chosenProfile, machineOf, type Settings } from '../machine.ts';
import { asked, type Interview } from '../question.ts';
import type { Moment } from '../session.ts';
import { keysOf, masked, placeOfKeys } from './keys-at-hand.ts';
import { nameProblem, withProfile, withValue } from './profile.ts';
import { USAGE } from './usage.ts';

const QUESTIONS: readonly (readonly [setting: string, text: string])[] = [
  ['aws_access_key_id', 'AWS Access Key ID'],
  ['aws_secret_access_key', 'AWS Secret Access Key'],
  ['region', 'Default region name'],
  ['output', 'Default output format'],
];

/** The settings of which only the end is shown. */
const KEYS: readonly string[] = ['aws_access_key_id', 'aws_secret_access_key'];

/**
 * `aws configure`: asks for a key, a region and an output format, each with what it is now. Enter keeps that.
 * https://docs.aws.amazon.com/cli/latest/reference/configure/
 */
export function* configureKeys(moment: Moment, actor: Actor, profileOption: string | null): Interview {
  const machine = machineOf(moment, actor);
  const profile = chosenProfile(machine, profileOption) ?? 'default';
  const problem = nameProblem(profile);
  if (problem !== null) return { output: problem, exit: USAGE };
  const settings = own(machine.profiles, profile) ?? {};
  const present = { ...(profile === 'default' ? ownKeys(moment, actor, settings) : {}), ...settings };
  const changed: Record<string, string> = {};
  for (const [setting, text] of QUESTIONS) {
    const value = own(present, setting);
    const shown = value !== undefined && KEYS.includes(setting) ? masked(value) : value;
    const answer = yield* asked(withValue(text, shown));
    if (answer !== '' && answer !== value) changed[setting] = answer;
  }
  if (Object.keys(changed).length === 0) return { output: '', exit: 0 };
  // Half of a key that was changed goes with the other half that stayed.
  const kept = KEYS.some((key) => own(changed, key) !== undefined) ? present : {};
  return { output: '', exit: 0, machine: withProfile(machine, profile, { ...kept, ...changed }) };
}

/** The key that somebody has in their credentials file from the beginning, unless another stands there by now. */
function ownKeys({ world }: Moment, actor: Actor, settings: Settings): Settings {
  const hasOther = KEYS.some((key) => own(settings, key) !== undefined);
  const keys = hasOther || placeOfKeys(actor) !== 'shared-credentials-file' ? null : keysOf(world, actor);
  return keys === null ? {} : { aws_access_key_id: keys.accessKey, aws_secret_access_key: keys.secret };
}
