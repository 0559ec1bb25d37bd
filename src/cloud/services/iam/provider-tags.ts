import type { Caller } from '../../caller.ts';
import { put } from '../../change.ts';
import type { ApiError } from '../../operation.ts';
import { own } from '../../own.ts';
import type { Tags, World } from '../../world.ts';
import { define, done, homeOf } from '../define.ts';
import { permission, readTags, tagContext, tagList, withoutTags } from './entities.ts';
import { noSuchOidcProvider, onOidcProvider } from './oidc-providers.ts';
import { noSuchSamlProvider, onSamlProvider } from './saml-providers.ts';

/** A kind of identity provider, and how IAM speaks of it. */
interface ProviderKind {
  readonly title: 'OpenIDConnectProvider' | 'SAMLProvider';
  readonly what: string;
  resource(caller: Caller, arn: string): string;
  missing(arn: string): { readonly error: ApiError };
  /** Its tags; undefined when there is no such provider. */
  tags(world: World, caller: Caller, arn: string): Tags | undefined;
  tagged(world: World, caller: Caller, arn: string, tags: Tags): World;
}

const OIDC: ProviderKind = {
  title: 'OpenIDConnectProvider',
  what: 'an issuer of tokens',
  resource: onOidcProvider,
  missing: noSuchOidcProvider,
  tags: (world, caller, arn) => own(homeOf(world, caller).oidcProviders, arn)?.tags,
  tagged(world, caller, arn, tags) {
    const provider = own(homeOf(world, caller).oidcProviders, arn);
    return provider ? put(world, caller.account, 'oidcProviders', arn, { ...provider, tags }) : world;
  },
};

const SAML: ProviderKind = {
  title: 'SAMLProvider',
  what: 'a SAML identity provider',
  resource: onSamlProvider,
  missing: noSuchSamlProvider,
  tags: (world, caller, arn) => own(homeOf(world, caller).samlProviders, arn)?.tags,
  tagged(world, caller, arn, tags) {
    const provider = own(homeOf(world, caller).samlProviders, arn);
    return provider ? put(world, caller.account, 'samlProviders', arn, { ...provider, tags }) : world;
  },
};

function arnMember({ title }: ProviderKind) {
  return { [`${title}Arn`]: { type: 'string', required: true, help: 'ARN of the provider' } } as const;
}

/** The ARN in an input, which has the shape of `arnMember`. */
function arnIn({ title }: ProviderKind, input: object): string {
  const arn: unknown = Object.entries(input).find(([key]) => key === `${title}Arn`)?.[1];
  return typeof arn === 'string' ? arn : '';
}

function operationsOn(kind: ProviderKind) {
  const { title, what } = kind;
  const needed = (
    action: string,
    input: object,
    caller: Caller,
    context: ReturnType<typeof tagContext> = {},
  ) => [permission(action, caller, kind.resource(caller, arnIn(kind, input)), context)];
  return [
    define({
      id: `iam:Tag${title}`,
      summary: `put tags on ${what}`,
      input: {
        ...arnMember(kind),
        Tags: { type: 'structures', members: ['Key', 'Value'], required: true, help: 'tags' },
      },
      needs: (input, caller) => needed(`Tag${title}`, input, caller, tagContext(input.Tags)),
      effect(input, caller, world) {
        const arn = arnIn(kind, input);
        const present = kind.tags(world, caller, arn);
        if (present === undefined) {
          return kind.missing(arn);
        }
        const read = readTags(input.Tags, present);
        return 'error' in read ? read : done(kind.tagged(world, caller, arn, read.tags));
      },
    }),
    define({
      id: `iam:Untag${title}`,
      summary: `take tags from ${what}`,
      input: { ...arnMember(kind), TagKeys: { type: 'strings', required: true, help: 'keys of the tags' } },
      needs: (input, caller) => needed(`Untag${title}`, input, caller, { 'aws:TagKeys': input.TagKeys }),
      effect(input, caller, world) {
        const arn = arnIn(kind, input);
        const present = kind.tags(world, caller, arn);
        return present === undefined
          ? kind.missing(arn)
          : done(kind.tagged(world, caller, arn, withoutTags(present, input.TagKeys)));
      },
    }),
    define({
      id: `iam:List${title}Tags`,
      summary: `list the tags of ${what}`,
      input: arnMember(kind),
      needs: (input, caller) => needed(`List${title}Tags`, input, caller),
      effect(input, caller, world) {
        const arn = arnIn(kind, input);
        const present = kind.tags(world, caller, arn);
        return present === undefined ? kind.missing(arn) : done(world, { Tags: tagList(present) });
      },
    }),
  ];
}

/** Tags of identity providers. Source: IAM User Guide, id_tags_idps.html. */
export const providerTagOperations = [...operationsOn(OIDC), ...operationsOn(SAML)];
