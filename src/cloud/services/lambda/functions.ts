import { drop, put } from '../../change.ts';
import { listed, own } from '../../own.ts';
import { breaksConstraint, define, done, failed, homeOf } from '../define.ts';
import {
  type DeploymentPackage,
  packageCode,
  packageNeeds,
  packageNotSimulated,
  ZIP_FILE,
} from './deployment-package.ts';
import { executionRole, handover } from './execution-role.ts';
import { configuration, FUNCTION_NAME, functionArn, functionNamed, onFunction } from './function.ts';
import type { LambdaFunction } from './records.ts';
import { SETTINGS, settingsProblem, withSettings } from './settings.ts';
import { TAGS, tagsContext } from './tags.ts';

const ROLE = {
  type: 'string',
  help: 'ARN of the execution role: whoever sets it must be allowed to pass it',
} as const;
const RUNTIME = { type: 'string', help: 'such as nodejs22.x' } as const;
const HANDLER = { type: 'string', help: 'such as index.handler' } as const;
const ARCHITECTURES = { type: 'strings', help: 'x86_64 or arm64, which makes no difference here' } as const;
const PUBLISH = { type: 'boolean', help: 'versions of functions are not simulated' } as const;
const NO_VERSIONS = 'Versions of functions are not simulated here: leave --publish out.';
const S3_PLACE = {
  S3Bucket: { type: 'string', help: 'bucket of an object that holds the code' },
  S3Key: { type: 'string', help: 'key of that object' },
} as const;

/** The AWS CLI takes the file by an option of its own. */
function packageOf({
  ZipFile: file,
  Code: code,
}: {
  readonly ZipFile?: string | undefined;
  readonly Code?: DeploymentPackage | undefined;
}): DeploymentPackage {
  return file === undefined ? { ...code } : { ...code, ZipFile: file };
}

const createFunction = define({
  id: 'lambda:CreateFunction',
  summary: 'make a function, which acts as its execution role',
  input: {
    FunctionName: { ...FUNCTION_NAME, help: 'name of the function' },
    Role: { ...ROLE, required: true },
    Runtime: RUNTIME,
    Handler: HANDLER,
    ZipFile: ZIP_FILE,
    Code: {
      type: 'nested',
      of: {
        structure: {
          ZipFile: 'string',
          S3Bucket: 'string',
          S3Key: 'string',
          S3ObjectVersion: 'string',
          ImageUri: 'string',
        },
      },
      help: 'in place of --zip-file: S3Bucket=…,S3Key=… of an object that holds the code',
    },
    ...SETTINGS,
    Architectures: ARCHITECTURES,
    PackageType: { type: 'string', help: 'Zip; images are not simulated' },
    Publish: PUBLISH,
    Tags: TAGS,
  },
  notSimulated(input) {
    const { PackageType: type = 'Zip', Publish: publishes = false } = input;
    const outside = packageNotSimulated(packageOf(input));
    if (outside !== null || type === 'Zip') {
      return outside ?? (publishes ? NO_VERSIONS : null);
    }
    return 'Functions from container images are not simulated here: leave --package-type out.';
  },
  needs: (input, caller, world) => [
    onFunction(caller, input.FunctionName, 'CreateFunction', tagsContext(input.Tags)),
    handover(caller, input.Role, input.FunctionName),
    ...packageNeeds(world, caller, packageOf(input)),
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
    const problem = settingsProblem(input);
    if (problem !== null) {
      return problem;
    }
    const given = packageCode(world, caller, packageOf(input));
    if ('error' in given) {
      return given;
    }
    const fn: LambdaFunction = {
      name,
      arn: functionArn(caller.account, name),
      role: found.role.arn,
      runtime,
      handler,
      description: '',
      code: given.code,
      modified: world.clock,
      policy: null,
      key: null,
      tags: { ...input.Tags },
    };
    const made = withSettings(fn, input);
    return done(put(world, caller.account, 'functions', name, made), configuration(made));
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

const getFunctionConfiguration = define({
  id: 'lambda:GetFunctionConfiguration',
  summary: "show a function's settings",
  input: { FunctionName: FUNCTION_NAME },
  needs: (input, caller) => [onFunction(caller, input.FunctionName, 'GetFunctionConfiguration')],
  effect(input, caller, world) {
    const found = functionNamed(world, caller, input.FunctionName);
    return 'error' in found ? found : done(world, configuration(found.fn));
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
    ...SETTINGS,
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
    const problem = settingsProblem(input);
    if (problem !== null) {
      return problem;
    }
    const changed: LambdaFunction = {
      ...withSettings(fn, input),
      role: role?.role.arn ?? fn.role,
      runtime: input.Runtime ?? fn.runtime,
      handler: input.Handler ?? fn.handler,
      modified: world.clock,
    };
    return done(put(world, owner, 'functions', fn.name, changed), configuration(changed));
  },
});

const updateFunctionCode = define({
  id: 'lambda:UpdateFunctionCode',
  summary: 'change what a function does; its role stays, and needs no passing',
  input: {
    FunctionName: FUNCTION_NAME,
    ZipFile: ZIP_FILE,
    ...S3_PLACE,
    ImageUri: { type: 'string', help: 'images are not simulated' },
    Architectures: ARCHITECTURES,
    Publish: PUBLISH,
    DryRun: { type: 'boolean', help: 'only find out whether it could be done' },
  },
  notSimulated: (input) => (input.Publish === true ? NO_VERSIONS : packageNotSimulated(input)),
  needs: (input, caller, world) => [
    onFunction(caller, input.FunctionName, 'UpdateFunctionCode'),
    ...packageNeeds(world, caller, input),
  ],
  effect(input, caller, world) {
    const found = functionNamed(world, caller, input.FunctionName);
    if ('error' in found) {
      return found;
    }
    const given = packageCode(world, caller, input);
    if ('error' in given) {
      return given;
    }
    if (input.DryRun === true) {
      return done(world, configuration(found.fn));
    }
    const changed = { ...found.fn, code: given.code, modified: world.clock };
    return done(put(world, found.owner, 'functions', changed.name, changed), configuration(changed));
  },
});

/**
 * Who makes a function hands it a role, and so must be allowed to pass it; who changes its code gets at the role
 * without. Source: Lambda Developer Guide, lambda-intro-execution-role.html; IAM User Guide, id_roles_use_passrole.html.
 */
export const functionOperations = [
  createFunction,
  getFunction,
  getFunctionConfiguration,
  listFunctions,
  deleteFunction,
  updateFunctionConfiguration,
  updateFunctionCode,
];
