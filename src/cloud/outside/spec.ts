import type { Draft } from 'immer';
import type { ContextValue } from '../../iam/request.ts';
import { seedOf } from '../identifiers.ts';
import { entries, type SpecPath, type SpecReader } from '../read-spec.ts';
import type { Account } from '../world.ts';
import { exposeKey } from './code-host.ts';
import type { Workload } from './records.ts';

/** What an author says of what is outside AWS, in an account. */
export interface OutsideSpec {
  /** Programs outside AWS that work for the account's owner, by name. */
  readonly workloads?: Readonly<Record<string, WorkloadSpec>>;
}

/** What a workload can show: one of these. */
export interface WorkloadSpec {
  /** A job of GitHub Actions. */
  readonly github?: {
    /** `owner/name` */
    readonly repository: string;
    /** `refs/heads/main` unless said. */
    readonly ref?: string;
    readonly environment?: string;
  };
  /** A pod of an EKS cluster of the account. */
  readonly pod?: { readonly cluster: string; readonly namespace: string; readonly serviceAccount: string };
  /** A token of any other OpenID Connect issuer. */
  readonly oidc?: {
    readonly issuer: string;
    readonly subject: string;
    readonly audience: string;
    readonly claims?: Readonly<Record<string, ContextValue>>;
    /** Seconds. */
    readonly lifetime?: number;
  };
  /** An assertion of a SAML identity provider. */
  readonly saml?: {
    readonly issuer: string;
    readonly subject: string;
    readonly sessionName?: string;
    readonly tags?: Readonly<Record<string, string>>;
  };
  /** An X.509 certificate. */
  readonly certificate?: { readonly issuer: string; readonly subject: Readonly<Record<string, string>> };
}

/** What an author says of the internet. */
export interface OutsideWorldSpec {
  readonly codeHost?: CodeHostSpec;
}

export interface CodeHostSpec {
  readonly attacker?: {
    /** Seconds from a push to the first use of a key; 120 unless said. */
    readonly after?: number;
    /** What the stranger tries; asks who the key belongs to and lists users and buckets unless said. */
    readonly does?: readonly {
      readonly operation: string;
      readonly input?: Readonly<Record<string, unknown>>;
    }[];
  };
  /** Seconds from a push to AWS's quarantine; 300 unless said, null for never. */
  readonly quarantine?: number | null;
  /** Users whose first key was pushed the moment the world begins, and in which file. */
  readonly exposed?: Readonly<Record<string, string>>;
}

const GITHUB = 'https://token.actions.githubusercontent.com';

/** Fills an account with its workloads. */
export function readOutside(
  reader: SpecReader,
  at: SpecPath,
  account: Draft<Account>,
  spec: OutsideSpec,
): void {
  for (const [name, workload] of entries(spec.workloads)) {
    const path = [...at, 'workloads', name];
    // A pod's issuer is that of its cluster, which may be read later.
    reader.later(() => {
      const read = readWorkload(reader, path, account, name, workload);
      if (read !== null) {
        account.workloads[name] = read;
      }
    });
  }
}

function readWorkload(
  reader: SpecReader,
  path: SpecPath,
  account: Draft<Account>,
  name: string,
  spec: WorkloadSpec,
): Draft<Workload> | null {
  const { github, pod, oidc, saml, certificate } = spec;
  if ([github, pod, oidc, saml, certificate].filter(Boolean).length !== 1) {
    reader.problem(path, 'A workload has one of github, pod, oidc, saml, certificate.');
    return null;
  }
  if (github) {
    const { repository, ref = 'refs/heads/main', environment } = github;
    const where = environment === undefined ? `ref:${ref}` : `environment:${environment}`;
    const [owner = ''] = repository.split('/');
    return {
      kind: 'oidc',
      name,
      issuer: GITHUB,
      subject: `repo:${repository}:${where}`,
      audience: 'sts.amazonaws.com',
      claims: {
        repository,
        repository_owner: owner,
        ref,
        workflow: 'deploy',
        actor: owner,
        ...(environment === undefined ? {} : { environment }),
      },
      lifetime: 300,
      pod: null,
    };
  }
  if (pod) {
    const { namespace, serviceAccount } = pod;
    if (!reader.refersTo([...path, 'pod', 'cluster'], 'cluster', pod.cluster, account.clusters)) {
      return null;
    }
    return {
      kind: 'oidc',
      name,
      issuer: account.clusters[pod.cluster]?.issuer ?? '',
      subject: `system:serviceaccount:${namespace}:${serviceAccount}`,
      audience: 'sts.amazonaws.com',
      claims: {},
      lifetime: 86_400,
      pod: { ...pod },
    };
  }
  if (oidc) {
    if (!oidc.issuer.startsWith('https://')) {
      reader.problem([...path, 'oidc', 'issuer'], 'An issuer is an address that starts with https://');
    }
    const { issuer, subject, audience, claims = {}, lifetime = 300 } = oidc;
    return {
      kind: 'oidc',
      name,
      issuer,
      subject,
      audience,
      claims: structuredClone(claims) as Draft<Readonly<Record<string, ContextValue>>>,
      lifetime,
      pod: null,
    };
  }
  if (saml) {
    const { issuer, subject, sessionName = subject, tags = {} } = saml;
    return { kind: 'saml', name, issuer, subject, sessionName, tags: { ...tags }, lifetime: 300 };
  }
  return certificate
    ? {
        kind: 'certificate',
        name,
        issuer: certificate.issuer,
        serial: seedOf(`${account.id}/${name}`).toString(16).padStart(8, '0'),
        subject: { ...certificate.subject },
      }
    : null;
}

/** Fills the world with its code host, and with what is there from the start. */
export function readOutsideWorld(reader: SpecReader, { codeHost: spec }: OutsideWorldSpec): void {
  if (spec === undefined) {
    return;
  }
  const { attacker = {}, quarantine = 300, exposed } = spec;
  const does = attacker.does?.map(({ operation, input = {} }) => ({ operation, input: { ...input } }));
  reader.world.codeHost = {
    attacker: {
      after: attacker.after ?? 120,
      does: does ?? [
        { operation: 'sts:GetCallerIdentity', input: {} },
        { operation: 'iam:ListUsers', input: {} },
        { operation: 's3:ListBuckets', input: {} },
      ],
    },
    quarantine,
    plans: [],
    news: [],
  };
  for (const [user, file] of entries(exposed)) {
    const key = Object.values(reader.world.accounts)
      .flatMap(({ accessKeys }) => Object.values(accessKeys))
      .find((each) => each.user === user);
    if (key === undefined) {
      reader.problem(['codeHost', 'exposed', user], `There is no access key of a user ${user}.`);
    } else {
      exposeKey(reader.world, key.id, file);
    }
  }
}
