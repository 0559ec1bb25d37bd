import type { Draft } from 'immer';
import { newLowerCaseId } from '../../identifiers.ts';
import { LIMITS } from '../../limits.ts';
import { entries, noSuchThing, type SpecPath, type SpecReader } from '../../read-spec.ts';
import type { DocumentSpec } from '../../world-spec.ts';
import { FULL_ACCESS } from './aws-policies.ts';
import { firstAttachments } from './membership.ts';
import type { ControlPolicyType, Organization } from './records.ts';
import { attachedTo, policyArn, targets } from './tree.ts';

/** What an author says of AWS Organizations. */
export interface OrganizationsSpec {
  readonly organization?: OrganizationSpec;
}

/** A management account, and the other accounts in a tree of OUs. Accounts not named here are outside. */
export interface OrganizationSpec {
  /** Account id of the management account; it is directly below the root. */
  readonly management: string;
  /** Such as `o-0123456789`; made up unless said, like every id below. */
  readonly id?: string;
  /** Id of the root, such as `r-0123`. */
  readonly root?: string;
  /** `consolidated-billing`: one bill, no policies. All features unless said. */
  readonly features?: 'all' | 'consolidated-billing';
  /** Member accounts directly below the root. */
  readonly accounts?: readonly string[];
  readonly ous?: Readonly<Record<string, UnitSpec>>;
  readonly scps?: Readonly<Record<string, ControlPolicySpec>>;
  readonly rcps?: Readonly<Record<string, ControlPolicySpec>>;
  /** Policy types that are enabled; with all features SCPs, and RCPs where there are some, unless said. */
  readonly enabled?: readonly ('scps' | 'rcps')[];
  /** Where `FullAWSAccess` is detached: targets as in `attach`. */
  readonly withoutFullAWSAccess?: readonly string[];
}

export interface UnitSpec {
  /** Such as `ou-0123-01234567`, with the digits of the root's id. */
  readonly id?: string;
  readonly accounts?: readonly string[];
  readonly ous?: Readonly<Record<string, UnitSpec>>;
}

export interface ControlPolicySpec {
  /** Such as `p-01234567`. */
  readonly id?: string;
  readonly document: DocumentSpec;
  readonly description?: string;
  /** `Root`, an OU by its name or, where that is not enough, by its path such as `Workloads/Prod`, or an account id. */
  readonly attach?: readonly string[];
}

const AT: SpecPath = ['organization'];
const TYPES = { scps: 'SERVICE_CONTROL_POLICY', rcps: 'RESOURCE_CONTROL_POLICY' } as const;

/** Puts the accounts of the world into an organization. */
export function readOrganization(reader: SpecReader, { organization: spec }: OrganizationsSpec): void {
  if (spec !== undefined) {
    new OrganizationReader(reader, spec).read();
  }
}

class OrganizationReader {
  readonly #reader: SpecReader;
  readonly #spec: OrganizationSpec;
  readonly #organization: Draft<Organization>;
  /** What policies can be attached to, by every name an author may use. Null: the name alone is not enough. */
  readonly #targets = new Map<string, string | null>();

  constructor(reader: SpecReader, spec: OrganizationSpec) {
    const { world } = reader;
    this.#reader = reader;
    this.#spec = spec;
    this.#organization = {
      id: reader.chosenId(AT, spec.id, newLowerCaseId(world, 'o-', 10)),
      rootId: reader.chosenId(AT, spec.root, newLowerCaseId(world, 'r-', 4), 'root'),
      managementAccount: spec.management,
      featureSet: spec.features === 'consolidated-billing' ? 'CONSOLIDATED_BILLING' : 'ALL',
      enabledTypes: [],
      units: {},
      members: {},
      policies: {},
      attachments: {},
      creations: {},
      handshakes: {},
      tags: {},
      accountLimit: LIMITS.accountsPerOrganization,
    };
  }

  read(): void {
    const organization = this.#organization;
    this.#targets.set('Root', organization.rootId);
    this.#addAccount([...AT, 'management'], this.#spec.management, organization.rootId);
    this.#addBelow(AT, this.#spec, organization.rootId, '', 0);
    organization.enabledTypes = this.#enabledTypes().map((name) => TYPES[name]);
    organization.accountLimit = Math.max(organization.accountLimit, Object.keys(organization.members).length);
    for (const target of targets(organization)) {
      organization.attachments[target] = [...firstAttachments(organization)];
    }
    this.#reader.world.organization = organization;
    this.#addPolicies('scps');
    this.#addPolicies('rcps');
    this.#detachFullAccess();
  }

  #addAccount(at: SpecPath, id: string, parent: string): void {
    const { world } = this.#reader;
    const { members } = this.#organization;
    if (!this.#reader.refersTo(at, 'account', id, world.accounts)) {
      return;
    }
    if (Object.hasOwn(members, id)) {
      this.#reader.problem(at, `The account ${id} is in the organization already. Name each account once.`);
      return;
    }
    const isManagement = id === this.#organization.managementAccount;
    members[id] = {
      parent,
      email: `${id}@example.com`,
      joined: world.clock,
      method: isManagement ? 'INVITED' : 'CREATED',
    };
    this.#targets.set(id, id);
  }

  #addBelow(at: SpecPath, spec: UnitSpec, parent: string, path: string, depth: number): void {
    for (const [index, id] of (spec.accounts ?? []).entries()) {
      this.#addAccount([...at, 'accounts', index], id, parent);
    }
    for (const [name, unit] of entries(spec.ous)) {
      this.#addUnit([...at, 'ous', name], name, unit, parent, `${path}${name}`, depth + 1);
    }
  }

  #addUnit(at: SpecPath, name: string, spec: UnitSpec, parent: string, path: string, depth: number): void {
    if (name === 'Root' || name === '__proto__' || name.includes('/') || depth > LIMITS.unitDepth) {
      this.#reader.problem(
        at,
        depth > LIMITS.unitDepth
          ? `An OU can be ${LIMITS.unitDepth} levels below the root at most.`
          : `${name} cannot be the name of an OU here. Use a name of its own, without slashes.`,
      );
      return;
    }
    const prefix = `ou-${this.#organization.rootId.slice(2)}-`;
    const id = this.#reader.chosenId(at, spec.id, newLowerCaseId(this.#reader.world, prefix, 8));
    if (!id.startsWith(prefix)) {
      this.#reader.problem(
        [...at, 'id'],
        `${id} has to begin with ${prefix}: the id of the root is ${this.#organization.rootId}. Choose it as well, with \`root\`.`,
      );
    }
    this.#organization.units[id] = { id, name, parent };
    this.#targets.set(name, this.#targets.has(name) ? null : id);
    this.#targets.set(path, id);
    this.#addBelow(at, spec, id, `${path}/`, depth);
  }

  #enabledTypes(): readonly ('scps' | 'rcps')[] {
    const { features, enabled, rcps } = this.#spec;
    if (features === 'consolidated-billing') {
      if (enabled !== undefined && enabled.length > 0) {
        this.#reader.problem(
          [...AT, 'enabled'],
          'Policies need all features. Leave out features or enabled.',
        );
      }
      return [];
    }
    return enabled ?? (rcps === undefined ? ['scps'] : ['scps', 'rcps']);
  }

  #addPolicies(field: 'scps' | 'rcps'): void {
    const organization = this.#organization;
    for (const [name, spec] of entries(this.#spec[field])) {
      const at = [...AT, field, name];
      const id = this.#reader.chosenId(at, spec.id, newLowerCaseId(this.#reader.world, 'p-', 8));
      organization.policies[id] = {
        id,
        arn: policyArn(organization, TYPES[field], id),
        name,
        description: spec.description ?? '',
        type: TYPES[field],
        document: this.#reader.document([...at, 'document'], spec.document, {
          kind: 'control',
          type: TYPES[field],
        }),
      };
      for (const [index, target] of (spec.attach ?? []).entries()) {
        this.#attach([...at, 'attach', index], id, TYPES[field], target);
      }
    }
  }

  #attach(at: SpecPath, policy: string, type: ControlPolicyType, name: string): void {
    const target = this.#target(at, name);
    if (!this.#organization.enabledTypes.includes(type)) {
      this.#reader.problem(at, 'Policies of this type are not enabled, so none can be attached.');
    } else if (target !== null) {
      this.#organization.attachments[target]?.push(policy);
    }
  }

  #detachFullAccess(): void {
    for (const [index, name] of (this.#spec.withoutFullAWSAccess ?? []).entries()) {
      const at = [...AT, 'withoutFullAWSAccess', index];
      const target = this.#target(at, name);
      if (target === null) {
        continue;
      }
      const left = (this.#organization.attachments[target] ?? []).filter((id) => id !== FULL_ACCESS.id);
      this.#organization.attachments[target] = left;
      if (attachedTo(this.#organization, target, 'SERVICE_CONTROL_POLICY').length === 0) {
        this.#reader.problem(at, `One SCP has to be attached to ${name}. Attach another one to it.`);
      }
    }
  }

  /** Id of what an author calls by this name; null after a problem. */
  #target(at: SpecPath, name: string): string | null {
    const id = this.#targets.get(name);
    if (id === null) {
      this.#reader.problem(at, `There are several OUs ${name}. Write the path, such as Workloads/${name}.`);
    }
    if (id === undefined) {
      this.#reader.problem(at, noSuchThing('root, OU or account', name, [...this.#targets.keys()]));
    }
    return id ?? null;
  }
}
