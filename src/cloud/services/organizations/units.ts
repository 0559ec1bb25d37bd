import { generated, without } from '../../change.ts';
import { newLowerCaseId } from '../../identifiers.ts';
import { LIMITS } from '../../limits.ts';
import type { Json } from '../../operation.ts';
import { own } from '../../own.ts';
import { define, done, failed } from '../define.ts';
import { readTags, tagContext } from '../iam/entities.ts';
import { constraint, idProblem, managed, onTarget, withOrganization } from './access.ts';
import { parentProblem } from './accounts.ts';
import { firstAttachments } from './membership.ts';
import type { Organization, OrganizationalUnit } from './records.ts';
import { withTags } from './tags.ts';
import { accountsBelow, pathTo, targetArn, unitsBelow } from './tree.ts';

const UNIT = { type: 'string', required: true, help: 'ou-… of the OU' } as const;
const PARENT = { type: 'string', required: true, help: 'r-… of the root or ou-… of an OU' } as const;

function described(organization: Organization, { id, name }: OrganizationalUnit): Json {
  return { Id: id, Arn: targetArn(organization, id), Name: name };
}

function noUnit() {
  return failed(
    'OrganizationalUnitNotFoundException',
    "We can't find an OU with the OrganizationalUnitId that you specified.",
  );
}

function duplicate() {
  return failed('DuplicateOrganizationalUnitException', 'An OU with the same name already exists.');
}

function isTaken(organization: Organization, parent: string, name: string): boolean {
  return unitsBelow(organization, parent).some((unit) => unit.name === name);
}

const createUnit = define({
  id: 'organizations:CreateOrganizationalUnit',
  summary: 'make an OU in the root or in another OU',
  input: {
    ParentId: PARENT,
    Name: { type: 'string', required: true, help: 'name of the new OU' },
    Tags: { type: 'structures', members: ['Key', 'Value'], help: 'tags' },
  },
  needs: (input, caller, world) => {
    const needed = onTarget(world, caller, 'CreateOrganizationalUnit', input.ParentId);
    return [{ ...needed, context: { ...needed.context, ...tagContext(input.Tags) } }];
  },
  effect(input, caller, world) {
    const found = managed(world, caller);
    if ('error' in found) {
      return found;
    }
    const { organization } = found;
    const { ParentId: parent, Name: name } = input;
    const problem = idProblem(parent) ?? parentProblem(organization, parent);
    if (problem !== null) {
      return problem;
    }
    const tags = readTags(input.Tags);
    if ('error' in tags) {
      return tags;
    }
    if (isTaken(organization, parent, name)) {
      return duplicate();
    }
    if (pathTo(organization, parent).length > LIMITS.unitDepth) {
      return constraint(
        'OU_DEPTH_LIMIT_EXCEEDED',
        'You attempted to create an OU tree that is too many levels deep.',
      );
    }
    const prefix = `ou-${organization.rootId.slice(2)}-`;
    const [id, next] = generated(world, (generator) => newLowerCaseId(generator, prefix, 8));
    const unit = { id, name, parent };
    return done(
      withOrganization(next, organization, {
        units: { ...organization.units, [id]: unit },
        attachments: { ...organization.attachments, [id]: firstAttachments(organization) },
        tags: withTags(organization, id, tags.tags),
      }),
      { OrganizationalUnit: described(organization, unit) },
    );
  },
});

const describeUnit = define({
  id: 'organizations:DescribeOrganizationalUnit',
  summary: 'show an OU',
  input: { OrganizationalUnitId: UNIT },
  needs: (input, caller, world) => [
    onTarget(world, caller, 'DescribeOrganizationalUnit', input.OrganizationalUnitId),
  ],
  effect(input, caller, world) {
    const found = managed(world, caller);
    if ('error' in found) {
      return found;
    }
    const unit = own(found.organization.units, input.OrganizationalUnitId);
    return (
      idProblem(input.OrganizationalUnitId) ??
      (unit ? done(world, { OrganizationalUnit: described(found.organization, unit) }) : noUnit())
    );
  },
});

const updateUnit = define({
  id: 'organizations:UpdateOrganizationalUnit',
  summary: 'rename an OU; its id, accounts and policies stay',
  input: { OrganizationalUnitId: UNIT, Name: { type: 'string', required: true, help: 'the new name' } },
  needs: (input, caller, world) => [
    onTarget(world, caller, 'UpdateOrganizationalUnit', input.OrganizationalUnitId),
  ],
  effect(input, caller, world) {
    const found = managed(world, caller);
    if ('error' in found) {
      return found;
    }
    const { organization } = found;
    const problem = idProblem(input.OrganizationalUnitId);
    if (problem !== null) {
      return problem;
    }
    const unit = own(organization.units, input.OrganizationalUnitId);
    if (unit === undefined) {
      return noUnit();
    }
    if (unit.name !== input.Name && isTaken(organization, unit.parent, input.Name)) {
      return duplicate();
    }
    const renamed = { ...unit, name: input.Name };
    return done(
      withOrganization(world, organization, { units: { ...organization.units, [unit.id]: renamed } }),
      { OrganizationalUnit: described(organization, renamed) },
    );
  },
});

const deleteUnit = define({
  id: 'organizations:DeleteOrganizationalUnit',
  summary: 'delete an empty OU',
  input: { OrganizationalUnitId: UNIT },
  needs: (input, caller, world) => [
    onTarget(world, caller, 'DeleteOrganizationalUnit', input.OrganizationalUnitId),
  ],
  effect(input, caller, world) {
    const found = managed(world, caller);
    if ('error' in found) {
      return found;
    }
    const { organization } = found;
    const { OrganizationalUnitId: id } = input;
    const problem = idProblem(id);
    if (problem !== null) {
      return problem;
    }
    if (!Object.hasOwn(organization.units, id)) {
      return noUnit();
    }
    return unitsBelow(organization, id).length + accountsBelow(organization, id).length > 0
      ? failed(
          'OrganizationalUnitNotEmptyException',
          'The specified OU is not empty. Move all accounts to another root or to other OUs, remove all child OUs, and try the operation again.',
        )
      : done(
          withOrganization(world, organization, {
            units: without(organization.units, id),
            attachments: without(organization.attachments, id),
            tags: withTags(organization, id, {}),
          }),
        );
  },
});

const listUnits = define({
  id: 'organizations:ListOrganizationalUnitsForParent',
  summary: 'list the OUs directly in a root or OU',
  input: { ParentId: PARENT },
  needs: (input, caller, world) => [
    onTarget(world, caller, 'ListOrganizationalUnitsForParent', input.ParentId),
  ],
  effect(input, caller, world) {
    const found = managed(world, caller);
    if ('error' in found) {
      return found;
    }
    const { organization } = found;
    return (
      idProblem(input.ParentId) ??
      parentProblem(organization, input.ParentId) ??
      done(world, {
        OrganizationalUnits: unitsBelow(organization, input.ParentId).map((unit) =>
          described(organization, unit),
        ),
      })
    );
  },
});

const listParents = define({
  id: 'organizations:ListParents',
  summary: 'show the OU or root that an account or OU is in',
  input: { ChildId: { type: 'string', required: true, help: 'twelve digits of an account, or ou-…' } },
  needs: (input, caller, world) => [onTarget(world, caller, 'ListParents', input.ChildId)],
  effect(input, caller, world) {
    const found = managed(world, caller);
    if ('error' in found) {
      return found;
    }
    const { organization } = found;
    const problem = idProblem(input.ChildId);
    if (problem !== null) {
      return problem;
    }
    const child = own(organization.units, input.ChildId) ?? own(organization.members, input.ChildId);
    return child
      ? done(world, { Parents: [{ Id: child.parent, Type: kindOf(child.parent) }] })
      : failed(
          'ChildNotFoundException',
          "We can't find an organizational unit (OU) or AWS account with the ChildId that you specified.",
        );
  },
});

function kindOf(parent: string): string {
  return parent.startsWith('r-') ? 'ROOT' : 'ORGANIZATIONAL_UNIT';
}

const listChildren = define({
  id: 'organizations:ListChildren',
  summary: 'list the ids of the OUs or of the accounts in a root or OU',
  input: {
    ParentId: PARENT,
    ChildType: { type: 'string', required: true, help: 'ACCOUNT or ORGANIZATIONAL_UNIT' },
  },
  needs: (input, caller, world) => [onTarget(world, caller, 'ListChildren', input.ParentId)],
  effect(input, caller, world) {
    const found = managed(world, caller);
    if ('error' in found) {
      return found;
    }
    const { organization } = found;
    const { ParentId: parent, ChildType: type } = input;
    if (type !== 'ACCOUNT' && type !== 'ORGANIZATIONAL_UNIT') {
      return failed('InvalidInputException', 'You specified a value that is not valid for that parameter.');
    }
    const children =
      type === 'ACCOUNT'
        ? accountsBelow(organization, parent)
        : unitsBelow(organization, parent).map(({ id }) => id);
    return (
      idProblem(parent) ??
      parentProblem(organization, parent) ??
      done(world, { Children: children.map((Id) => ({ Id, Type: type })) })
    );
  },
});

/** OUs, and who is in what. */
export const unitOperations = [
  createUnit,
  describeUnit,
  updateUnit,
  deleteUnit,
  listUnits,
  listParents,
  listChildren,
];
