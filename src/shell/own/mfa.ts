import type { Actor } from '../../cloud/actor.ts';
import { own } from '../../cloud/own.ts';
import { codeShown } from '../../cloud/services/iam/mfa-code.ts';
import type { MfaDevice, World } from '../../cloud/world.ts';
import { type OwnCommand, saying } from './result.ts';

const PERIOD = 30_000;

/** `mfa [device]`: what the screen of an MFA device shows. */
export const mfa: OwnCommand = {
  usage: 'mfa [device]',
  summary: 'Look at an MFA device: the code it shows now, and the next',
  run({ session, actor, words }) {
    const { world } = session.now;
    const devices = devicesNear(world, actor);
    const [wanted, more] = words;
    if (more !== undefined) return saying(session, "mfa takes one device, such as 'mfa joanne'.", 1);
    const chosen =
      wanted === undefined
        ? devices
        : devices.filter(({ name, serial, user }) => [name, serial, user].includes(wanted));
    if (chosen.length > 0) return saying(session, chosen.map((each) => screen(world, each)).join('\n'));
    const known = devices.map(({ name }) => name).join(', ');
    return saying(
      session,
      devices.length === 0
        ? 'There is no MFA device in this account.'
        : `There is no MFA device ${wanted} in this account. There is: ${known}`,
      1,
    );
  },
};

/** The devices of the actor's account: whose each is, its code says not. */
function devicesNear(world: World, actor: Actor): readonly MfaDevice[] {
  return Object.values(own(world.accounts, actor.account)?.mfaDevices ?? {});
}

function screen(world: World, device: MfaDevice): string {
  const whose = device.user === null ? "nobody's yet" : `of ${device.user}`;
  const [now, next] = [world.clock, world.clock + PERIOD].map((at) => codeShown(device, at));
  return `${device.serial} (${whose}) shows ${now}, then ${next}`;
}
