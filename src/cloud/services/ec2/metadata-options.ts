import type { ContextValue } from '../../../iam/request.ts';
import { put } from '../../change.ts';
import type { ApiError } from '../../operation.ts';
import type { MetadataOptions } from '../../world.ts';
import { define, done, failed, homeOf } from '../define.ts';
import { describedOptions, instanceNamed, onInstance } from './instances.ts';
import { aboutTerminated } from './terminated.ts';

function oneOf<T extends string>(value: string | undefined, usual: T, ...choices: readonly T[]): T | null {
  return value === undefined ? usual : (choices.find((each) => each === value) ?? null);
}

/** Options of the metadata service as a request gives them; what it leaves out stays as it is. */
interface GivenOptions {
  readonly HttpTokens?: string | undefined;
  readonly HttpEndpoint?: string | undefined;
  readonly HttpPutResponseHopLimit?: number | undefined;
}

/** The condition keys by which a policy can demand how the metadata service answers. */
export function metadataContext({
  HttpTokens: tokens,
  HttpEndpoint: endpoint,
  HttpPutResponseHopLimit: hopLimit,
}: GivenOptions): Readonly<Record<string, ContextValue>> {
  return {
    ...(tokens === undefined ? {} : { 'ec2:MetadataHttpTokens': tokens }),
    ...(endpoint === undefined ? {} : { 'ec2:MetadataHttpEndpoint': endpoint }),
    ...(hopLimit === undefined ? {} : { 'ec2:MetadataHttpPutResponseHopLimit': hopLimit }),
  };
}

/** The options after a request, or what EC2 has against them. */
export function metadataOptions(
  given: GivenOptions,
  present: MetadataOptions,
): { readonly options: MetadataOptions } | { readonly error: ApiError } {
  const tokens = oneOf(given.HttpTokens, present.tokens, 'optional', 'required');
  const endpoint = oneOf(given.HttpEndpoint, present.endpoint, 'enabled', 'disabled');
  const hopLimit = given.HttpPutResponseHopLimit ?? present.hopLimit;
  if (tokens === null) {
    return invalid('HttpTokens', given.HttpTokens);
  }
  if (endpoint === null) {
    return invalid('HttpEndpoint', given.HttpEndpoint);
  }
  return hopLimit < 1 || hopLimit > 64
    ? invalid('HttpPutResponseHopLimit', hopLimit)
    : { options: { tokens, endpoint, hopLimit } };
}

/**
 * IMDSv1 answers whoever asks; IMDSv2 wants a token first, which only a PUT gets.
 * Source: EC2 API Reference, API_ModifyInstanceMetadataOptions.html.
 */
const modifyInstanceMetadataOptions = define({
  id: 'ec2:ModifyInstanceMetadataOptions',
  summary: 'set how the metadata service of an instance answers',
  input: {
    InstanceId: { type: 'string', required: true, help: 'id of the instance, i-…' },
    HttpTokens: { type: 'string', help: 'optional, or required for IMDSv2 only' },
    HttpPutResponseHopLimit: { type: 'integer', help: '1 to 64; a container on the instance needs 2' },
    HttpEndpoint: { type: 'string', help: 'enabled or disabled' },
  },
  notSimulated: ({ InstanceId }, signer, world) => aboutTerminated([InstanceId], signer, world),
  needs: (input, caller, world) => [
    onInstance(
      homeOf(world, caller),
      caller,
      input.InstanceId,
      'ModifyInstanceMetadataOptions',
      metadataContext(input),
    ),
  ],
  effect(input, caller, world) {
    const found = instanceNamed(homeOf(world, caller), input.InstanceId);
    if ('error' in found) {
      return found;
    }
    const { instance } = found;
    const read = metadataOptions(input, instance.metadata);
    if ('error' in read) {
      return read;
    }
    const changed = { ...instance, metadata: read.options };
    return done(put(world, caller.account, 'instances', instance.id, changed), {
      InstanceId: instance.id,
      InstanceMetadataOptions: { ...describedOptions(changed), State: 'pending' },
    });
  },
});

function invalid(parameter: string, value: string | number | undefined) {
  return failed('InvalidParameterValue', `Value (${value}) for parameter ${parameter} is invalid.`);
}

export const metadataOptionsOperations = [modifyInstanceMetadataOptions];
