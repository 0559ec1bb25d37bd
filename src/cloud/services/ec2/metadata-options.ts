import { put } from '../../change.ts';
import type { MetadataOptions } from '../../world.ts';
import { define, done, failed, homeOf } from '../define.ts';
import { describedOptions, instanceNamed, onInstance } from './instances.ts';
import { aboutTerminated } from './terminated.ts';

function oneOf<T extends string>(value: string | undefined, usual: T, ...choices: readonly T[]): T | null {
  return value === undefined ? usual : (choices.find((each) => each === value) ?? null);
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
    onInstance(homeOf(world, caller), caller, input.InstanceId, 'ModifyInstanceMetadataOptions', {
      ...(input.HttpTokens === undefined ? {} : { 'ec2:MetadataHttpTokens': input.HttpTokens }),
      ...(input.HttpEndpoint === undefined ? {} : { 'ec2:MetadataHttpEndpoint': input.HttpEndpoint }),
      ...(input.HttpPutResponseHopLimit === undefined
        ? {}
        : { 'ec2:MetadataHttpPutResponseHopLimit': input.HttpPutResponseHopLimit }),
    }),
  ],
  effect(input, caller, world) {
    const found = instanceNamed(homeOf(world, caller), input.InstanceId);
    if ('error' in found) {
      return found;
    }
    const { instance } = found;
    const { metadata } = instance;
    const tokens = oneOf(input.HttpTokens, metadata.tokens, 'optional', 'required');
    const endpoint = oneOf(input.HttpEndpoint, metadata.endpoint, 'enabled', 'disabled');
    const hopLimit = input.HttpPutResponseHopLimit ?? metadata.hopLimit;
    if (tokens === null) {
      return invalid('HttpTokens', input.HttpTokens);
    }
    if (endpoint === null) {
      return invalid('HttpEndpoint', input.HttpEndpoint);
    }
    if (hopLimit < 1 || hopLimit > 64) {
      return invalid('HttpPutResponseHopLimit', hopLimit);
    }
    const options: MetadataOptions = { tokens, endpoint, hopLimit };
    const changed = { ...instance, metadata: options };
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
