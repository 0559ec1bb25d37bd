import { drop, put } from '../../change.ts';
import { listed, own } from '../../own.ts';
import { breaksConstraint, define, done, failed, homeOf } from '../define.ts';
import { requestTags, withoutTags } from '../tags.ts';
import { executionRole, handover } from './execution-role.ts';
import {
  configuration,
  FUNCTION_NAME,
  functionArn,
  functionNamed,
  onFunction,
  ZIP_FILE,
} from './function.ts';
import type { LambdaFunction } from './records.ts';

const ROLE = {
  type: 'string',
  help: 'ARN of the execution role: whoever sets it must be allowed to pass it',
} as const;
const RUNTIME = { type: 'string', help: 'such as nodejs22.x' } as const;
const HANDLER = { type: 'string', help: 'such as index.handler' } as const;
const DESCRIPTION = { type: 'string', help: 'what it is for' } as const;
const TAGS = { type: 'nested', of: { map: 'string' }, help: 'names and values, such as team=red' } as const;

function tagsContext(tags: Readonly<Record<string, string>> | undefined) {
  return requestTags(Object.entries(tags ?? {}).map(([Key, Value]) => ({ Key, Value })));
}

const createFunction = define({
  id: 'lambda:CreateFunction',
  summary: 'make a function, which acts as its execution role',
  input: {
    FunctionName: { ...FUNCTION_NAME, help: 'name of the function' },
    Role: { ...ROLE, required: true },
    Runtime: RUNTIME,
    Handler: HANDLER,
    ZipFile: { ...ZIP_FILE, required: true },
    Description: DESCRIPTION,
    Tags: TAGS,
  },
  needs: (input, caller) => [
    onFunction(caller, input.FunctionName, 'CreateFunction', tagsContext(input.Tags)),
    handover(caller, input.Role, input.FunctionName),
  ],
  effect(input, caller, world) {
    const { FunctionName: name, Runtime: runtime, Handler: handler } = input;
    if (!/^[\w-]{1,64}$/.test(name)) {
      return breaksConstraint(
        'ValidationException',
        'functionName',
        name,
        'satisfy regular expression pattern: [a-zA-Z0-9-_]+',
      );
    }
    if (runtime === undefined || handler === undefined) {
      return failed(
        'InvalidParameterValueException',
        'Runtime and Handler are mandatory parameters for functions created with deployment packages.',
      );
    }
    if (own(homeOf(world, caller).functions, name) !== undefined) {
      return failed('ResourceConflictException', `Function already exist: ${name}`);
    }
    const found = executionRole(world, caller.account, input.Role);
    if ('error' in found) {
      return found;
    }
    const fn: LambdaFunction = {
      name,
      arn: functionArn(caller.account, name),
      role: found.role.arn,
      runtime,
      handler,
      description: input.Description ?? '',
      code: Buffer.from(input.ZipFile, 'base64').toString(),
      modified: world.clock,
      policy: null,
      key: null,
      tags: { ...input.Tags },
    };
    return done(put(world, caller.account, 'functions', name, fn), configuration(fn));
  },
});

const getFunction = define({
  id: 'lambda:GetFunction',
  summary: 'show a function and its execution role',
  input: { FunctionName: FUNCTION_NAME },
  needs: (input, caller) => [onFunction(caller, input.FunctionName, 'GetFunction')],
  effect(input, caller, world) {
    const found = functionNamed(world, caller, input.FunctionName);
    if ('error' in found) {
      return found;
    }
    const { fn } = found;
    return done(world, {
      Configuration: configuration(fn),
      Code: { RepositoryType: 'S3' },
      ...(Object.keys(fn.tags).length === 0 ? {} : { Tags: fn.tags }),
    });
  },
});

const listFunctions = define({
  id: 'lambda:ListFunctions',
  summary: "list the account's functions",
  input: {},
  needs: (_, caller) => [{ action: 'lambda:ListFunctions', resource: '*', resourceAccount: caller.account }],
  effect: (_, caller, world) =>
    done(world, { Functions: listed(homeOf(world, caller).functions).map(configuration) }),
});

const deleteFunction = define({
  id: 'lambda:DeleteFunction',
  summary: 'delete a function',
  input: { FunctionName: FUNCTION_NAME },
  needs: (input, caller) => [onFunction(caller, input.FunctionName, 'DeleteFunction')],
  effect(input, caller, world) {
    const found = functionNamed(world, caller, input.FunctionName);
    return 'error' in found ? found : done(drop(world, found.owner, 'functions', found.fn.name));
  },
});

const updateFunctionConfiguration = define({
  id: 'lambda:UpdateFunctionConfiguration',
  summary: "change a function's settings; another role has to be passed",
  input: {
    FunctionName: FUNCTION_NAME,
    Role: ROLE,
    Runtime: RUNTIME,
    Handler: HANDLER,
    Description: DESCRIPTION,
  },
  needs: (input, caller) => [
    onFunction(caller, input.FunctionName, 'UpdateFunctionConfiguration'),
    ...(input.Role === undefined ? [] : [handover(caller, input.Role, input.FunctionName)]),
  ],
  effect(input, caller, world) {
    const found = functionNamed(world, caller, input.FunctionName);
    if ('error' in found) {
      return found;
    }
    const { fn, owner } = found;
    const role = input.Role === undefined ? null : executionRole(world, owner, input.Role);
    if (role !== null && 'error' in role) {
      return role;
    }
    const changed: LambdaFunction = {
      ...fn,
      role: role?.role.arn ?? fn.role,
      runtime: input.Runtime ?? fn.runtime,
      handler: input.Handler ?? fn.handler,
      description: input.Description ?? fn.description,
      modified: world.clock,
    };
    return done(put(world, owner, 'functions', fn.name, changed), configuration(changed));
  },
});

const updateFunctionCode = define({
  id: 'lambda:UpdateFunctionCode',
  summary: 'change what a function does; its role stays, and needs no passing',
  input: { FunctionName: FUNCTION_NAME, ZipFile: { ...ZIP_FILE, required: true } },
  needs: (input, caller) => [onFunction(caller, input.FunctionName, 'UpdateFunctionCode')],
  effect(input, caller, world) {
    const found = functionNamed(world, caller, input.FunctionName);
    if ('error' in found) {
      return found;
    }
    const code = Buffer.from(input.ZipFile, 'base64').toString();
    const changed = { ...found.fn, code, modified: world.clock };
    return done(put(world, found.owner, 'functions', changed.name, changed), configuration(changed));
  },
});

const RESOURCE = { type: 'string', required: true, help: 'ARN of the function' } as const;

const tagResource = define({
  id: 'lambda:TagResource',
  summary: 'tag a function',
  input: { Resource: RESOURCE, Tags: { ...TAGS, required: true } },
  needs: (input, caller) => [onFunction(caller, input.Resource, 'TagResource', tagsContext(input.Tags))],
  effect(input, caller, world) {
    const found = functionNamed(world, caller, input.Resource);
    if ('error' in found) {
      return found;
    }
    const { fn, owner } = found;
    return done(put(world, owner, 'functions', fn.name, { ...fn, tags: { ...fn.tags, ...input.Tags } }));
  },
});

const untagResource = define({
  id: 'lambda:UntagResource',
  summary: 'take tags off a function',
  input: { Resource: RESOURCE, TagKeys: { type: 'strings', required: true, help: 'keys of the tags' } },
  needs: (input, caller) => [
    onFunction(caller, input.Resource, 'UntagResource', { 'aws:TagKeys': input.TagKeys }),
  ],
  effect(input, caller, world) {
    const found = functionNamed(world, caller, input.Resource);
    if ('error' in found) {
      return found;
    }
    const { fn, owner } = found;
    const tags = withoutTags(fn.tags, input.TagKeys);
    return done(put(world, owner, 'functions', fn.name, { ...fn, tags }));
  },
});

const listTags = define({
  id: 'lambda:ListTags',
  summary: 'list the tags of a function',
  input: { Resource: RESOURCE },
  needs: (input, caller) => [onFunction(caller, input.Resource, 'ListTags')],
  effect(input, caller, world) {
    const found = functionNamed(world, caller, input.Resource);
    return 'error' in found ? found : done(world, { Tags: found.fn.tags });
  },
});

/**
 * Who makes a function hands it a role, and so must be allowed to pass it; who changes its code gets at the role
 * without. Source: Lambda Developer Guide, lambda-intro-execution-role.html; IAM User Guide, id_roles_use_passrole.html.
 */
export const functionOperations = [
  createFunction,
  getFunction,
  listFunctions,
  deleteFunction,
  updateFunctionConfiguration,
  updateFunctionCode,
  tagResource,
  untagResource,
  listTags,
];
