import type { Layer } from './decision.ts';

const NAMES: Readonly<Record<Layer, string>> = {
  'resource-control': 'resource control policy',
  'service-control': 'service control policy',
  'vpc-endpoint': 'VPC endpoint policy',
  resource: 'resource policy',
  trust: 'trust policy',
  identity: 'identity policy',
  'permissions-boundary': 'permissions boundary',
  session: 'session policy',
  root: 'root user',
  service: 'rule of the service',
};

/** A layer's name for people, such as `permissions boundary`. */
export function layerName(layer: Layer): string {
  return NAMES[layer];
}

/** Every layer, in the order in which AWS evaluates them. */
export const LAYERS = [
  'resource-control',
  'service-control',
  'vpc-endpoint',
  'resource',
  'trust',
  'identity',
  'permissions-boundary',
  'session',
  'root',
  'service',
] as const satisfies readonly Layer[];
