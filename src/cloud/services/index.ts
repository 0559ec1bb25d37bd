import type { Draft } from 'immer';
import type { Operation } from '../operation.ts';
import { outside } from '../outside/index.ts';
import type { SpecPath, SpecReader } from '../read-spec.ts';
import type { TrailEvent } from '../trail.ts';
import type { Account, AccountId, Instant, World } from '../world.ts';
import { accessAnalyzer } from './accessanalyzer/index.ts';
import { ce } from './ce/index.ts';
import { cloudtrail } from './cloudtrail/index.ts';
import { ec2 } from './ec2/index.ts';
import { eks, eksAuth } from './eks/index.ts';
import { iam } from './iam/index.ts';
import { identitystore, ssoAdmin } from './identity-center/index.ts';
import { kms } from './kms/index.ts';
import { lambda } from './lambda/index.ts';
import { organizations } from './organizations/index.ts';
import { rolesAnywhere } from './rolesanywhere/index.ts';
import { s3 } from './s3/index.ts';
import { secretsManager } from './secretsmanager/index.ts';
import type { Resource, Service, Together, Wording } from './service.ts';
import { sns } from './sns/index.ts';
import { sqs } from './sqs/index.ts';
import { sts } from './sts/index.ts';

/**
 * Every service that is simulated. A new one is a folder here and a line in this list: its operations, its part of
 * an account and of a world, its resources and its part of a scenario follow from it.
 */
const services = [
  iam,
  sts,
  ec2,
  kms,
  s3,
  sqs,
  sns,
  secretsManager,
  lambda,
  eks,
  eksAuth,
  rolesAnywhere,
  organizations,
  ce,
  cloudtrail,
  accessAnalyzer,
  ssoAdmin,
  identitystore,
  outside,
] as const;

type Each = (typeof services)[number];
type PartOf<S, Name extends 'inAccount' | 'inWorld'> = S extends { readonly [N in Name]: infer Part }
  ? Part
  : never;
type SpecOf<S> = S extends Service<infer _, infer Spec, infer _Wide, infer _WideSpec> ? Spec : never;
type WideSpecOf<S> = S extends Service<infer _, infer _Spec, infer _Wide, infer WideSpec> ? WideSpec : never;

/** What all services keep in an account. */
export type AccountRecords = Together<PartOf<Each, 'inAccount'>>;
/** What all services keep for all accounts together. */
export type WorldRecords = Together<PartOf<Each, 'inWorld'>>;
/** What an author may say of each service in an account. */
export type AccountSpecParts = Together<SpecOf<Each>>;
/** What an author may say of each service for all accounts together. */
export type WorldSpecParts = Together<WideSpecOf<Each>>;

/** Every API operation that is simulated, by its id. */
export const operations: ReadonlyMap<string, Operation> = new Map(
  services.flatMap((service) => service.operations).map((operation) => [operation.id, operation]),
);

/** An account in which there is nothing yet. */
export function emptyAccount(id: AccountId, name: string): Draft<Account> {
  const parts: readonly PartOf<Each, 'inAccount'>[] = services.map(({ inAccount }) => inAccount);
  return { id, name, ...together(parts) };
}

/** A world in which there is nothing yet. */
export function emptyWorld(clock: Instant, seed: number): Draft<World> {
  const parts: readonly PartOf<Each, 'inWorld'>[] = services.map(({ inWorld }) => inWorld);
  return { clock, seed, accounts: {}, keyAccounts: {}, trail: [], ...together(parts) };
}

/** Copies, so that no two accounts share what they begin with. */
function together<Part extends object>(parts: readonly Part[]): Draft<Together<Part>> {
  return Object.assign({}, ...structuredClone(parts));
}

/** Fills an account with what its author says of each service. */
export function readAccount(
  reader: SpecReader,
  at: SpecPath,
  account: Draft<Account>,
  spec: AccountSpecParts,
): void {
  for (const service of services) {
    service.readAccount?.(reader, at, account, spec);
  }
}

/** Fills the world with what its author says of each service, once all accounts are there. */
export function readWorld(reader: SpecReader, spec: WorldSpecParts): void {
  for (const service of services) {
    service.readWorld?.(reader, spec);
  }
}

/** The resource an ARN leads to, for one action; null when there is none, or nothing to say of it. */
export function resourceOf(world: World, arn: string, action: string): Resource | null {
  const name = arn.split(':', 3)[2] ?? '';
  return byName.get(name)?.resource?.(world, arn, action) ?? null;
}

/** The world after a request has been recorded: what each service makes of it. */
export function withRecorded(world: World, event: TrailEvent): World {
  return services.reduce((before, service: Each) => service.recorded?.(before, event) ?? before, world);
}

/** The services, by name, that decide on a request that nobody signed. */
export const SERVE_ANYBODY: readonly string[] = services
  .filter((service: Each) => service.servesAnybody === true)
  .map(({ name }) => name);

/** How a service words what it says of credentials and permissions; undefined when it has no way of its own. */
export function wordingOf(name: string): Wording | undefined {
  return byName.get(name)?.wording;
}

const byName: ReadonlyMap<string, Each> = new Map(services.map((service) => [service.name, service]));
