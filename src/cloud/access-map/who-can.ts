import type { Decision } from '../../iam/decision.ts';
import { isRefusal } from '../../iam/index.ts';
import type { PermissionNeeded } from '../operation.ts';
import type { World } from '../world.ts';
import { accessMap, explainAt, isAllowedAt } from './access-map.ts';
import { circumstancesOf } from './circumstances.ts';
import { type MapPrincipal, principalsOf } from './principal.ts';
import { type Circumstances, indexOf, permissionOn, type Universe } from './universe.ts';

/** A principal that may, and why. */
export interface Permitted {
  readonly principal: MapPrincipal;
  /** The decision that allows it: as the world has it, or else under the first of `when`. */
  readonly decision: Decision;
  /** Labels of the circumstances under which alone it is allowed; empty when it is as the world has it. */
  readonly when: readonly string[];
}

/** Everybody's answer to one question. */
export interface WhoCan {
  readonly permitted: readonly Permitted[];
  /** How many principals were asked about. */
  readonly asked: number;
}

/**
 * Which principals of a world may take an action on a resource, each with what grants it and what it takes. `said`:
 * what requests of this kind say of themselves, each supposed in turn.
 */
export function whoCan(
  world: World,
  action: string,
  resource: string,
  said: readonly Required<PermissionNeeded>['context'][],
): WhoCan {
  const permission = permissionOn(world, action, resource);
  const universe: Universe = {
    principals: principalsOf(world),
    permissions: [permission],
    circumstances: supposed(world, said),
  };
  const map = accessMap(world, universe);
  const permitted = universe.principals.flatMap((principal, who): readonly Permitted[] => {
    const given = [...universe.circumstances.keys()].filter((at) =>
      isAllowedAt(map, indexOf(universe, who, 0, at)),
    );
    const [first] = given;
    const decision = first === undefined ? null : explainAt(map, indexOf(universe, who, 0, first));
    if (decision === null || isRefusal(decision)) {
      return [];
    }
    const when = first === 0 ? [] : given.flatMap((at) => universe.circumstances[at]?.label ?? []);
    return [{ principal, decision, when }];
  });
  return { permitted, asked: universe.principals.length };
}

function supposed(world: World, said: Parameters<typeof whoCan>[3]): readonly Circumstances[] {
  const ofRequests = said
    .flatMap((context) => Object.entries(context))
    .map(([key, value]): Circumstances => ({ label: `${key} is ${value}`, context: { [key]: value } }));
  const all = [...circumstancesOf(world), ...ofRequests];
  return [...new Map(all.map((each) => [each.label, each])).values()];
}
