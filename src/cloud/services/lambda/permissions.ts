import type { PolicyDocument } from '../../../iam/request.ts';
import { put } from '../../change.ts';
import { documentProblem } from '../../documents.ts';
import { breaksConstraint, define, done, failed } from '../define.ts';
import { FUNCTION_NAME, functionNamed, onFunction } from './function.ts';
import type { LambdaFunction } from './records.ts';

const STATEMENT_ID = { type: 'string', required: true, help: 'a name for the permission' } as const;

type Statements = readonly PolicyDocument[];

function statementsOf({ policy }: LambdaFunction): Statements {
  const statements = policy?.Statement;
  return Array.isArray(statements) ? statements : [];
}

function withStatements(fn: LambdaFunction, statements: Statements): LambdaFunction {
  return {
    ...fn,
    policy: statements.length === 0 ? null : { Version: '2012-10-17', Id: 'default', Statement: statements },
  };
}

/** The `Principal` of a statement for a service, an account, an ARN, or everybody; null for anything else. */
function principalOf(given: string): PolicyDocument[string] | null {
  if (/^[a-z0-9.-]+\.amazonaws\.com$/.test(given)) {
    return { Service: given };
  }
  if (/^\d{12}$/.test(given)) {
    return { AWS: `arn:aws:iam::${given}:root` };
  }
  return given === '*' || given.startsWith('arn:aws:') ? (given === '*' ? '*' : { AWS: given }) : null;
}

const INVALID_PRINCIPAL = failed(
  'InvalidParameterValueException',
  'The provided principal was invalid. Please check the principal and try again.',
);

const addPermission = define({
  id: 'lambda:AddPermission',
  summary: 'let a service or another account invoke a function',
  input: {
    FunctionName: FUNCTION_NAME,
    StatementId: STATEMENT_ID,
    Action: { type: 'string', required: true, help: 'such as lambda:InvokeFunction' },
    Principal: { type: 'string', required: true, help: 'a service, an account id or an ARN' },
    SourceArn: { type: 'string', help: 'only for this resource of the service' },
    SourceAccount: { type: 'string', help: 'only for resources of this account' },
  },
  needs: (input, caller) => [
    onFunction(caller, input.FunctionName, 'AddPermission', { 'lambda:Principal': input.Principal }),
  ],
  effect(input, caller, world) {
    const found = functionNamed(world, caller, input.FunctionName);
    if ('error' in found) {
      return found;
    }
    const { fn, owner } = found;
    const { StatementId: sid, Action: action } = input;
    if (!/^(lambda:\*|lambda:[a-zA-Z]+|\*)$/.test(action)) {
      return breaksConstraint(
        'ValidationException',
        'action',
        action,
        'satisfy regular expression pattern: (lambda:[*]|lambda:[a-zA-Z]+|[*])',
      );
    }
    if (statementsOf(fn).some(({ Sid }) => Sid === sid)) {
      return failed(
        'ResourceConflictException',
        `The statement id (${sid}) provided already exists. Please provide a new statement id, or remove the existing statement.`,
      );
    }
    const principal = principalOf(input.Principal);
    if (principal === null) {
      return INVALID_PRINCIPAL;
    }
    const { SourceArn: arn, SourceAccount: account } = input;
    const condition = {
      ...(account === undefined ? {} : { StringEquals: { 'AWS:SourceAccount': account } }),
      ...(arn === undefined ? {} : { ArnLike: { 'AWS:SourceArn': arn } }),
    };
    const statement = {
      Sid: sid,
      Effect: 'Allow',
      Principal: principal,
      Action: action,
      Resource: fn.arn,
      ...(Object.keys(condition).length === 0 ? {} : { Condition: condition }),
    };
    const changed = withStatements(fn, [...statementsOf(fn), statement]);
    const use = { kind: 'resource', code: '', syntax: '', principal: '' } as const;
    return changed.policy !== null && documentProblem(world, changed.policy, use) !== null
      ? INVALID_PRINCIPAL
      : done(put(world, owner, 'functions', fn.name, changed), { Statement: JSON.stringify(statement) });
  },
});

const removePermission = define({
  id: 'lambda:RemovePermission',
  summary: 'take a permission back',
  input: { FunctionName: FUNCTION_NAME, StatementId: STATEMENT_ID },
  needs: (input, caller) => [onFunction(caller, input.FunctionName, 'RemovePermission')],
  effect(input, caller, world) {
    const found = functionNamed(world, caller, input.FunctionName);
    if ('error' in found) {
      return found;
    }
    const { fn, owner } = found;
    const left = statementsOf(fn).filter(({ Sid }) => Sid !== input.StatementId);
    return left.length === statementsOf(fn).length
      ? failed('ResourceNotFoundException', `Statement ${input.StatementId} is not found in resource policy.`)
      : done(put(world, owner, 'functions', fn.name, withStatements(fn, left)));
  },
});

const getPolicy = define({
  id: 'lambda:GetPolicy',
  summary: "show a function's resource policy",
  input: { FunctionName: FUNCTION_NAME },
  needs: (input, caller) => [onFunction(caller, input.FunctionName, 'GetPolicy')],
  effect(input, caller, world) {
    const found = functionNamed(world, caller, input.FunctionName);
    if ('error' in found) {
      return found;
    }
    return found.fn.policy === null
      ? failed('ResourceNotFoundException', 'The resource you requested does not exist.')
      : done(world, { Policy: JSON.stringify(found.fn.policy) });
  },
});

/** Source: Lambda Developer Guide, access-control-resource-based.html. */
export const permissionOperations = [addPermission, removePermission, getPolicy];
