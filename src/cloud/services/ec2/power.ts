import type { Caller } from '../../caller.ts';
import { put } from '../../change.ts';
import type { ApiError, Effect, Json } from '../../operation.ts';
import type { Account, Instance, InstanceProcess, Instant, World } from '../../world.ts';
import { define, done, failed, homeOf } from '../define.ts';
import { instanceNamed, onInstance, stateOf } from './instances.ts';
import { aboutTerminated } from './terminated.ts';

const INSTANCE_IDS = { type: 'strings', required: true, help: 'ids of the instances' } as const;

function onInstances(world: World, caller: Caller, ids: readonly string[], action: string) {
  const home = homeOf(world, caller);
  return (ids.length === 0 ? ['*'] : ids).map((id) => onInstance(home, caller, id, action));
}

/** The instances of these ids, or EC2's error about the first that cannot be. */
function instancesNamed(
  home: Account,
  ids: readonly string[],
): { readonly instances: readonly Instance[] } | { readonly error: ApiError } {
  const instances: Instance[] = [];
  for (const id of ids) {
    const found = instanceNamed(home, id);
    if ('error' in found) {
      return found;
    }
    instances.push(found.instance);
  }
  return { instances };
}

/** Programs that begin anew have no keys of before: what they copied was in their memory. */
function begun(processes: Instance['processes']): Instance['processes'] {
  const anew = (process: InstanceProcess): InstanceProcess =>
    process.kind === 'copies' ? { ...process, held: null } : process;
  return Object.fromEntries(Object.entries(processes).map(([name, process]) => [name, anew(process)]));
}

function running({ state: _, ...instance }: Instance): Instance {
  return { ...instance, processes: begun(instance.processes) };
}

function started({ launch, ...instance }: Instance, at: Instant): Instance {
  return { ...running(instance), ...(launch ? { launch: { ...launch, at } } : {}) };
}

function stopped(instance: Instance): Instance {
  return { ...instance, state: 'stopped', processes: begun(instance.processes) };
}

/** Each of the instances after a change, and what EC2 answers about those that it changed. */
function changed(
  world: World,
  caller: Caller,
  ids: readonly string[],
  wanted: 'running' | 'stopped',
  change: {
    readonly to: (instance: Instance) => Instance;
    readonly meanwhile: Json;
    readonly answer: string;
  },
): Effect {
  const found = instancesNamed(homeOf(world, caller), ids);
  if ('error' in found) {
    return found;
  }
  const waiting = found.instances.filter((instance) => stateOf(instance).Name !== wanted);
  const after = waiting.reduce(
    (left, instance) => put(left, caller.account, 'instances', instance.id, change.to(instance)),
    world,
  );
  return done(after, {
    [change.answer]: found.instances.map((instance) => ({
      CurrentState: waiting.includes(instance) ? change.meanwhile : stateOf(instance),
      InstanceId: instance.id,
      PreviousState: stateOf(instance),
    })),
  });
}

const startInstances = define({
  id: 'ec2:StartInstances',
  summary: 'start instances that were stopped; they are served new credentials',
  input: { InstanceIds: INSTANCE_IDS },
  notSimulated: ({ InstanceIds }, signer, world) => aboutTerminated(InstanceIds, signer, world),
  needs: (input, caller, world) => onInstances(world, caller, input.InstanceIds, 'StartInstances'),
  effect: (input, caller, world) =>
    changed(world, caller, input.InstanceIds, 'running', {
      to: (instance) => started(instance, world.clock),
      meanwhile: { Code: 0, Name: 'pending' },
      answer: 'StartingInstances',
    }),
});

const stopInstances = define({
  id: 'ec2:StopInstances',
  summary: 'stop instances; keys they were given work on elsewhere until they expire',
  input: { InstanceIds: INSTANCE_IDS },
  notSimulated: ({ InstanceIds }, signer, world) => aboutTerminated(InstanceIds, signer, world),
  needs: (input, caller, world) => onInstances(world, caller, input.InstanceIds, 'StopInstances'),
  effect: (input, caller, world) =>
    changed(world, caller, input.InstanceIds, 'stopped', {
      to: stopped,
      meanwhile: { Code: 64, Name: 'stopping' },
      answer: 'StoppingInstances',
    }),
});

const rebootInstances = define({
  id: 'ec2:RebootInstances',
  summary: 'restart instances and the programs on them',
  input: { InstanceIds: INSTANCE_IDS },
  notSimulated: ({ InstanceIds }, signer, world) => aboutTerminated(InstanceIds, signer, world),
  needs: (input, caller, world) => onInstances(world, caller, input.InstanceIds, 'RebootInstances'),
  effect(input, caller, world) {
    const found = instancesNamed(homeOf(world, caller), input.InstanceIds);
    if ('error' in found) {
      return found;
    }
    const idle = found.instances.find(({ state }) => state === 'stopped');
    if (idle !== undefined) {
      return failed('IncorrectState', `The instance '${idle.id}' is not in the 'running' state.`);
    }
    return done(
      found.instances.reduce(
        (left, instance) => put(left, caller.account, 'instances', instance.id, running(instance)),
        world,
      ),
    );
  },
});

/** Starting and stopping is done at once here. Source: EC2 User Guide, ec2-instance-lifecycle.html. */
export const powerOperations = [startInstances, stopInstances, rebootInstances];
