import { describe, expect, it } from 'vitest';
import { policy } from '../../stage.ts';
import { attached, DENY_S3, DEV, LIST, organizationOf, PROD, STRANGER, stage, verdict } from './stage.ts';

describe('policies of the organization', () => {
  it('are made, shown, changed, listed and deleted', () => {
    const on = stage();
    const id = attached(on, DENY_S3, [DEV]);
    expect(on.do('admin', 'organizations:DescribePolicy', { PolicyId: id })).toMatchObject({
      Policy: { PolicySummary: { Id: id, AwsManaged: false }, Content: JSON.stringify(DENY_S3) },
    });
    expect(on.do('admin', 'organizations:ListPolicies', { Filter: 'SERVICE_CONTROL_POLICY' })).toMatchObject({
      Policies: [{ Name: 'FullAWSAccess' }, { Id: id }],
    });
    expect(on.do('admin', 'organizations:ListTargetsForPolicy', { PolicyId: id })).toMatchObject({
      Targets: [{ TargetId: DEV, Type: 'ACCOUNT', Name: 'dev' }],
    });
    on.do('admin', 'organizations:UpdatePolicy', {
      PolicyId: id,
      Name: 'Renamed',
      Content: JSON.stringify(policy({ Effect: 'Deny', Action: 'ec2:*', Resource: '*' })),
    });
    expect(verdict(on, 'dora', LIST)).toBe('allowed');
    expect(verdict(on, 'dora', 'ec2:DescribeInstances')).toBe('explicit-deny by service-control');
    expect(on.error('admin', 'organizations:DeletePolicy', { PolicyId: id })).toMatch(
      /^failed: PolicyInUseException/,
    );
    on.do('admin', 'organizations:DetachPolicy', { PolicyId: id, TargetId: DEV });
    on.do('admin', 'organizations:DeletePolicy', { PolicyId: id });
    expect(on.error('admin', 'organizations:DescribePolicy', { PolicyId: id })).toMatch(
      /^failed: PolicyNotFoundException/,
    );
  });

  it('are refused where they cannot be', () => {
    const on = stage();
    const id = attached(on, DENY_S3, [DEV]);
    const error = (operation: string, input: Record<string, unknown>) =>
      on.error('admin', `organizations:${operation}`, input).split(': ')[1];
    const made = {
      Name: 'policy 0',
      Description: 'test',
      Content: JSON.stringify(DENY_S3),
      Type: 'SERVICE_CONTROL_POLICY',
    };
    expect(error('CreatePolicy', made)).toBe('DuplicatePolicyException');
    expect(error('CreatePolicy', { ...made, Type: 'x' })).toBe('InvalidInputException');
    expect(error('CreatePolicy', { ...made, Content: '{' })).toBe('MalformedPolicyDocumentException');
    expect(error('UpdatePolicy', { PolicyId: id, Name: 'FullAWSAccess' })).toBe('DuplicatePolicyException');
    expect(error('UpdatePolicy', { PolicyId: 'p-FullAWSAccess', Name: 'x' })).toBe('InvalidInputException');
    expect(error('DeletePolicy', { PolicyId: 'p-FullAWSAccess' })).toBe('InvalidInputException');
    expect(error('AttachPolicy', { PolicyId: id, TargetId: DEV })).toBe('DuplicatePolicyAttachmentException');
    expect(error('AttachPolicy', { PolicyId: id, TargetId: STRANGER })).toBe('TargetNotFoundException');
    expect(error('AttachPolicy', { PolicyId: 'p-aaaaaaaa', TargetId: DEV })).toBe('PolicyNotFoundException');
    expect(error('AttachPolicy', { PolicyId: 'Deny', TargetId: DEV })).toBe('InvalidInputException');
    expect(error('DetachPolicy', { PolicyId: id, TargetId: PROD })).toBe('PolicyNotAttachedException');
    expect(error('ListPolicies', { Filter: 'x' })).toBe('InvalidInputException');
    expect(error('ListPoliciesForTarget', { TargetId: STRANGER, Filter: made.Type })).toBe(
      'TargetNotFoundException',
    );
    const rcp = attached(
      on,
      policy({ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*' }),
      [],
      'RESOURCE_CONTROL_POLICY',
    );
    expect(error('AttachPolicy', { PolicyId: rcp, TargetId: DEV })).toBe('PolicyTypeNotEnabledException');
  });

  it('come and go with their type', () => {
    const on = stage();
    const { rootId } = organizationOf(on);
    const input = { RootId: rootId, PolicyType: 'SERVICE_CONTROL_POLICY' };
    attached(on, DENY_S3, [DEV]);
    const error = (operation: string, wrong: object) =>
      on.error('admin', `organizations:${operation}`, { ...input, ...wrong }).split(': ')[1];
    expect(error('EnablePolicyType', {})).toBe('PolicyTypeAlreadyEnabledException');
    expect(error('EnablePolicyType', { RootId: 'r-zzzz' })).toBe('RootNotFoundException');
    expect(error('DisablePolicyType', { PolicyType: 'x' })).toBe('InvalidInputException');
    on.do('admin', 'organizations:DisablePolicyType', input);
    expect(error('DisablePolicyType', {})).toBe('PolicyTypeNotEnabledException');
    expect(verdict(on, 'dora', LIST)).toBe('allowed');
    on.do('admin', 'organizations:EnablePolicyType', input);
    expect(verdict(on, 'dora', LIST)).toBe('allowed');
    expect(
      on.do('admin', 'organizations:ListPoliciesForTarget', { TargetId: DEV, Filter: input.PolicyType }),
    ).toMatchObject({ Policies: [{ Name: 'FullAWSAccess' }] });
    on.do('admin', 'organizations:EnablePolicyType', { ...input, PolicyType: 'RESOURCE_CONTROL_POLICY' });
    expect(
      on.error('admin', 'organizations:DetachPolicy', { PolicyId: 'p-RCPFullAWSAccess', TargetId: DEV }),
    ).toMatch(/^failed: ConstraintViolationException/);
  });

  it('need all features', () => {
    const on = stage({ features: 'consolidated-billing' });
    const { rootId } = organizationOf(on);
    const type = { RootId: rootId, PolicyType: 'SERVICE_CONTROL_POLICY' };
    expect(on.error('admin', 'organizations:EnablePolicyType', type)).toMatch(
      /^failed: PolicyTypeNotAvailableForOrganizationException/,
    );
    expect(on.error('admin', 'organizations:ListPolicies', { Filter: 'SERVICE_CONTROL_POLICY' })).toMatch(
      /^failed: PolicyTypeNotAvailableForOrganizationException/,
    );
    const asked = on.do('admin', 'organizations:EnableAllFeatures');
    expect(asked).toMatchObject({ Handshake: { State: 'REQUESTED', Action: 'ENABLE_ALL_FEATURES' } });
    expect(on.error('admin', 'organizations:EnableAllFeatures')).toMatch(
      /^failed: HandshakeConstraintViolationException/,
    );
    const [HandshakeId] = Object.keys(organizationOf(on).handshakes);
    expect(on.do('admin', 'organizations:AcceptHandshake', { HandshakeId })).toMatchObject({
      Handshake: { State: 'ACCEPTED' },
    });
    expect(on.error('admin', 'organizations:EnableAllFeatures')).toMatch(
      /^failed: HandshakeConstraintViolationException/,
    );
    on.do('admin', 'organizations:EnablePolicyType', type);
    attached(on, DENY_S3, [DEV]);
    expect(verdict(on, 'dora', LIST)).toBe('explicit-deny by service-control');
  });
});
