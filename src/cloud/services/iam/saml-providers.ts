import type { Caller } from '../../caller.ts';
import { drop, put } from '../../change.ts';
import { LIMITS } from '../../limits.ts';
import { own } from '../../own.ts';
import type { AccountId, SamlProvider } from '../../world.ts';
import { define, done, failed, homeOf, isoTime } from '../define.ts';
import { nameProblem, overQuota, permission, readTags, tagContext, tagList } from './entities.ts';

const PROVIDER_ARN = { type: 'string', required: true, help: 'ARN of the provider' } as const;
const YEARS_VALID = 100;

/** ARN of a SAML provider. */
export function samlProviderArn(account: AccountId, name: string): string {
  return `arn:aws:iam::${account}:saml-provider/${name}`;
}

/** What a permission about a provider is about: any, where the ARN is none of the account's. */
export function onSamlProvider(caller: Caller, arn: string): string {
  const prefix = samlProviderArn(caller.account, '');
  return arn.startsWith(prefix) && arn !== prefix ? arn : `${prefix}*`;
}

/** The entity id in a metadata document; null when it is none. */
export function entityIdIn(metadata: string): string | null {
  return /<(?:\w+:)?EntityDescriptor\b[^>]*\bentityID="([^"]+)"/.exec(metadata)?.[1] ?? null;
}

const createSamlProvider = define({
  id: 'iam:CreateSAMLProvider',
  summary: 'make a SAML identity provider known to the account',
  input: {
    SAMLMetadataDocument: { type: 'string', required: true, help: "the provider's metadata, XML" },
    Name: { type: 'string', required: true, help: 'name of the provider' },
    Tags: { type: 'structures', members: ['Key', 'Value'], help: 'tags' },
  },
  needs: (input, caller) => [
    permission(
      'CreateSAMLProvider',
      caller,
      samlProviderArn(caller.account, input.Name),
      tagContext(input.Tags),
    ),
  ],
  effect(input, caller, world) {
    const home = homeOf(world, caller);
    const { Name: name, SAMLMetadataDocument: metadata } = input;
    const problem = nameProblem('name', name, LIMITS.samlProviderName);
    if (problem !== null) {
      return problem;
    }
    const tags = readTags(input.Tags);
    if ('error' in tags) {
      return tags;
    }
    const issuer = entityIdIn(metadata);
    if (issuer === null) {
      return failed(
        'InvalidInput',
        'Could not parse metadata',
        'It is XML with an EntityDescriptor and its entityID.',
      );
    }
    const arn = samlProviderArn(home.id, name);
    if (Object.hasOwn(home.samlProviders, arn)) {
      return failed('EntityAlreadyExists', `SAML Provider with name ${name} already exists.`);
    }
    if (Object.keys(home.samlProviders).length >= LIMITS.samlProviders) {
      return overQuota('SAMLProvidersPerAccount', LIMITS.samlProviders);
    }
    const provider: SamlProvider = { arn, issuer, metadata, created: world.clock, tags: tags.tags };
    return done(put(world, home.id, 'samlProviders', arn, provider), { SAMLProviderArn: arn });
  },
});

const getSamlProvider = define({
  id: 'iam:GetSAMLProvider',
  summary: 'show a SAML identity provider',
  input: { SAMLProviderArn: PROVIDER_ARN },
  needs: (input, caller) => [
    permission('GetSAMLProvider', caller, onSamlProvider(caller, input.SAMLProviderArn)),
  ],
  effect(input, caller, world) {
    const provider = own(homeOf(world, caller).samlProviders, input.SAMLProviderArn);
    return provider
      ? done(world, {
          SAMLMetadataDocument: provider.metadata,
          CreateDate: isoTime(provider.created),
          ValidUntil: isoTime(validUntil(provider.created)),
          Tags: tagList(provider.tags),
        })
      : noSuchSamlProvider(input.SAMLProviderArn);
  },
});

function validUntil(created: number): number {
  const date = new Date(created);
  return date.setUTCFullYear(date.getUTCFullYear() + YEARS_VALID);
}

/** IAM's error for a provider that is not there. */
export function noSuchSamlProvider(arn: string) {
  return failed('NoSuchEntity', `Manifest not found for arn ${arn}`);
}

const listSamlProviders = define({
  id: 'iam:ListSAMLProviders',
  summary: 'list the SAML identity providers',
  input: {},
  needs: (_, caller) => [permission('ListSAMLProviders', caller, '*')],
  effect: (_, caller, world) =>
    done(world, {
      SAMLProviderList: Object.values(homeOf(world, caller).samlProviders).map(({ arn, created }) => ({
        Arn: arn,
        ValidUntil: isoTime(validUntil(created)),
        CreateDate: isoTime(created),
      })),
    }),
});

const deleteSamlProvider = define({
  id: 'iam:DeleteSAMLProvider',
  summary: 'forget a SAML identity provider',
  input: { SAMLProviderArn: PROVIDER_ARN },
  needs: (input, caller) => [
    permission('DeleteSAMLProvider', caller, onSamlProvider(caller, input.SAMLProviderArn)),
  ],
  effect(input, caller, world) {
    const home = homeOf(world, caller);
    return Object.hasOwn(home.samlProviders, input.SAMLProviderArn)
      ? done(drop(world, home.id, 'samlProviders', input.SAMLProviderArn))
      : noSuchSamlProvider(input.SAMLProviderArn);
  },
});

/** Identity providers of companies. Source: IAM User Guide, id_roles_providers_saml.html. */
export const samlProviderOperations = [
  createSamlProvider,
  getSamlProvider,
  listSamlProviders,
  deleteSamlProvider,
];
