import type { Caller } from '../../caller.ts';
import { change, drop } from '../../change.ts';
import type { ApiError, Json } from '../../operation.ts';
import type { Account, Instance, TerminatedInstance, World } from '../../world.ts';
import { define, done, homeOf } from '../define.ts';
import { ec2Tags, instanceNamed, onInstance, stateOf, TERMINATED, tagsOf } from './instances.ts';
import { terminatedInstance } from './terminated.ts';

/** EC2's `shutting-down`. Source: EC2 API Reference, API_InstanceState.html. */
const SHUTTING_DOWN = { Code: 32, Name: 'shutting-down' };

/** What becomes of one instance: its entry in the answer, and what is kept of it. */
interface Terminating {
  readonly answer: Json;
  readonly instance: TerminatedInstance;
}

function terminating(
  account: Account,
  { clock }: World,
  id: string,
): Terminating | { readonly error: ApiError } {
  const gone = terminatedInstance(account, clock, id);
  if (gone !== undefined) {
    return {
      answer: { CurrentState: TERMINATED, InstanceId: id, PreviousState: TERMINATED },
      instance: gone,
    };
  }
  const found = instanceNamed(account, id);
  if ('error' in found) {
    return found;
  }
  return {
    answer: { CurrentState: SHUTTING_DOWN, InstanceId: id, PreviousState: stateOf(found.instance) },
    instance: { id, tags: tagsOf(found.instance), terminated: clock, ...launchOf(found.instance) },
  };
}

/** What is still said of its launch, where it is known. */
function launchOf({ launch }: Instance): Pick<TerminatedInstance, 'launch'> {
  return launch ? { launch } : {};
}

/** The world with an instance gone from those that run or are stopped; nobody sits at it any more. */
function withTerminated(world: World, caller: Caller, instance: TerminatedInstance): World {
  const { terminatedInstances } = homeOf(world, caller);
  const left = drop(world, caller.account, 'instances', instance.id);
  return change(left, caller.account, {
    terminatedInstances: { ...terminatedInstances, [instance.id]: instance },
  });
}

/**
 * Terminating an instance once more succeeds, as long as it can be seen. One id that is not there, and none is
 * terminated.
 * Source: EC2 API Reference, API_TerminateInstances.html.
 */
export const terminateInstances = define({
  id: 'ec2:TerminateInstances',
  summary: 'delete instances; keys they were given work on until they expire',
  input: { InstanceIds: { type: 'strings', required: true, help: 'ids of the instances' } },
  needs: (input, caller, world) => {
    const home = homeOf(world, caller);
    const ids = input.InstanceIds.length === 0 ? ['*'] : input.InstanceIds;
    return ids.map((id) => {
      const gone = terminatedInstance(home, world.clock, id);
      const context = gone && { ...ec2Tags(gone.tags), 'ec2:InstanceID': id };
      return onInstance(home, caller, id, 'TerminateInstances', context);
    });
  },
  effect(input, caller, world) {
    const home = homeOf(world, caller);
    const all: Terminating[] = [];
    for (const id of new Set(input.InstanceIds)) {
      const one = terminating(home, world, id);
      if ('error' in one) {
        return one;
      }
      all.push(one);
    }
    return done(
      all.reduce((left, { instance }) => withTerminated(left, caller, instance), world),
      { TerminatingInstances: all.map(({ answer }) => answer) },
    );
  },
});
