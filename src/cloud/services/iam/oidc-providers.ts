import type { Caller } from '../../caller.ts';
import { drop, put } from '../../change.ts';
import { LIMITS } from '../../limits.ts';
import type { ApiError, Effect } from '../../operation.ts';
import { issuerHost } from '../../outside/id-token.ts';
import { own } from '../../own.ts';
import type { AccountId, OidcProvider, World } from '../../world.ts';
import { define, done, failed, homeOf, isoTime } from '../define.ts';
import { overQuota, permission, readTags, tagContext, tagList } from './entities.ts';

const PROVIDER_ARN = { type: 'string', required: true, help: 'ARN of the provider' } as const;

/** ARN of the provider for an issuer's address. */
export function oidcProviderArn(account: AccountId, url: string): string {
  return `arn:aws:iam::${account}:oidc-provider/${issuerHost(url).replace(/\/$/, '')}`;
}

/** What a permission about a provider is about: any, where the ARN is none of the account's. */
export function onOidcProvider(caller: Caller, arn: string): string {
  const prefix = `arn:aws:iam::${caller.account}:oidc-provider/`;
  return arn.startsWith(prefix) && arn !== prefix ? arn : `${prefix}*`;
}

/** IAM's error for a provider that is not there. */
export function noSuchOidcProvider(arn: string): { readonly error: ApiError } {
  return failed('NoSuchEntity', `OpenIDConnect Provider not found for arn ${arn}`);
}

const createOpenIdConnectProvider = define({
  id: 'iam:CreateOpenIDConnectProvider',
  summary: 'make an issuer of tokens known to the account',
  input: {
    Url: { type: 'string', required: true, help: 'address of the issuer, https://…' },
    ClientIDList: { type: 'strings', help: 'audiences its tokens may be for' },
    ThumbprintList: { type: 'strings', help: "thumbprints of the issuer's certificate" },
    Tags: { type: 'structures', members: ['Key', 'Value'], help: 'tags' },
  },
  needs: (input, caller) => [
    permission(
      'CreateOpenIDConnectProvider',
      caller,
      onOidcProvider(caller, oidcProviderArn(caller.account, input.Url)),
      tagContext(input.Tags),
    ),
  ],
  effect(input, caller, world) {
    const home = homeOf(world, caller);
    const { Url: url, ClientIDList: clientIds = [], ThumbprintList: thumbprints = [] } = input;
    if (!/^https:\/\/[\w.-]+(:443)?(\/[\w./-]*)?$/.test(url)) {
      return failed('ValidationError', 'Invalid Open ID Connect Provider URL');
    }
    const tags = readTags(input.Tags);
    if ('error' in tags) {
      return tags;
    }
    const arn = oidcProviderArn(home.id, url);
    if (Object.hasOwn(home.oidcProviders, arn)) {
      return failed('EntityAlreadyExists', `Provider with url ${url} already exists.`);
    }
    if (Object.keys(home.oidcProviders).length >= LIMITS.oidcProviders) {
      return overQuota('OpenIDConnectProvidersPerAccount', LIMITS.oidcProviders);
    }
    if (clientIds.length > LIMITS.clientIdsPerProvider) {
      return overQuota('ClientIdsPerOpenIdConnectProvider', LIMITS.clientIdsPerProvider);
    }
    const provider: OidcProvider = {
      arn,
      url: issuerHost(url),
      clientIds: [...new Set(clientIds)],
      thumbprints,
      created: world.clock,
      tags: tags.tags,
    };
    return done(put(world, home.id, 'oidcProviders', arn, provider), { OpenIDConnectProviderArn: arn });
  },
});

/** What becomes of a provider that is there. */
function withProvider(
  world: World,
  caller: Caller,
  arn: string,
  then: (provider: OidcProvider) => Effect,
): Effect {
  const provider = own(homeOf(world, caller).oidcProviders, arn);
  return provider ? then(provider) : noSuchOidcProvider(arn);
}

const getOpenIdConnectProvider = define({
  id: 'iam:GetOpenIDConnectProvider',
  summary: 'show an issuer of tokens',
  input: { OpenIDConnectProviderArn: PROVIDER_ARN },
  needs: (input, caller) => [
    permission('GetOpenIDConnectProvider', caller, onOidcProvider(caller, input.OpenIDConnectProviderArn)),
  ],
  effect: (input, caller, world) =>
    withProvider(world, caller, input.OpenIDConnectProviderArn, (provider) =>
      done(world, {
        Url: provider.url,
        ClientIDList: provider.clientIds,
        ThumbprintList: provider.thumbprints,
        CreateDate: isoTime(provider.created),
        Tags: tagList(provider.tags),
      }),
    ),
});

const listOpenIdConnectProviders = define({
  id: 'iam:ListOpenIDConnectProviders',
  summary: 'list the issuers of tokens',
  input: {},
  needs: (_, caller) => [permission('ListOpenIDConnectProviders', caller, '*')],
  effect: (_, caller, world) =>
    done(world, {
      OpenIDConnectProviderList: Object.keys(homeOf(world, caller).oidcProviders).map((Arn) => ({ Arn })),
    }),
});

const deleteOpenIdConnectProvider = define({
  id: 'iam:DeleteOpenIDConnectProvider',
  summary: 'forget an issuer of tokens',
  input: { OpenIDConnectProviderArn: PROVIDER_ARN },
  needs: (input, caller) => [
    permission('DeleteOpenIDConnectProvider', caller, onOidcProvider(caller, input.OpenIDConnectProviderArn)),
  ],
  effect: (input, caller, world) =>
    withProvider(world, caller, input.OpenIDConnectProviderArn, ({ arn }) =>
      done(drop(world, caller.account, 'oidcProviders', arn)),
    ),
});

const addClientId = define({
  id: 'iam:AddClientIDToOpenIDConnectProvider',
  summary: 'let tokens be for one more audience',
  input: {
    OpenIDConnectProviderArn: PROVIDER_ARN,
    ClientID: { type: 'string', required: true, help: 'the audience' },
  },
  needs: (input, caller) => [
    permission(
      'AddClientIDToOpenIDConnectProvider',
      caller,
      onOidcProvider(caller, input.OpenIDConnectProviderArn),
    ),
  ],
  effect: (input, caller, world) =>
    withProvider(world, caller, input.OpenIDConnectProviderArn, (provider) => {
      const clientIds = [...new Set([...provider.clientIds, input.ClientID])];
      return clientIds.length > LIMITS.clientIdsPerProvider
        ? overQuota('ClientIdsPerOpenIdConnectProvider', LIMITS.clientIdsPerProvider)
        : done(put(world, caller.account, 'oidcProviders', provider.arn, { ...provider, clientIds }));
    }),
});

const removeClientId = define({
  id: 'iam:RemoveClientIDFromOpenIDConnectProvider',
  summary: 'let tokens be for one audience less',
  input: {
    OpenIDConnectProviderArn: PROVIDER_ARN,
    ClientID: { type: 'string', required: true, help: 'the audience' },
  },
  needs: (input, caller) => [
    permission(
      'RemoveClientIDFromOpenIDConnectProvider',
      caller,
      onOidcProvider(caller, input.OpenIDConnectProviderArn),
    ),
  ],
  effect: (input, caller, world) =>
    withProvider(world, caller, input.OpenIDConnectProviderArn, (provider) => {
      const clientIds = provider.clientIds.filter((each) => each !== input.ClientID);
      return done(put(world, caller.account, 'oidcProviders', provider.arn, { ...provider, clientIds }));
    }),
});

/** Issuers whose tokens prove workloads. Source: IAM User Guide, id_roles_providers_create_oidc.html. */
export const oidcProviderOperations = [
  createOpenIdConnectProvider,
  getOpenIdConnectProvider,
  listOpenIdConnectProviders,
  deleteOpenIdConnectProvider,
  addClientId,
  removeClientId,
];
