import { describe, expect, it } from 'vitest';
import { HOUR } from '../../stage.ts';
import { attached, DENY_S3, LIST, organizationOf, STRANGER, stage, verdict } from './stage.ts';

describe('an invitation', () => {
  const Target = { Id: STRANGER, Type: 'ACCOUNT' };

  function invited() {
    const on = stage();
    on.do('admin', 'organizations:InviteAccountToOrganization', { Target });
    const [HandshakeId] = Object.keys(organizationOf(on).handshakes);
    return { on, input: { HandshakeId } };
  }

  it('is accepted by the account it is for, which then is bound', () => {
    const { on, input } = invited();
    expect(on.do('eve', 'organizations:ListHandshakesForAccount')).toMatchObject({
      Handshakes: [{ Id: input.HandshakeId, State: 'OPEN', Action: 'INVITE' }],
    });
    expect(on.do('admin', 'organizations:DescribeHandshake', input)).toMatchObject({
      Handshake: { Parties: [{ Type: 'ORGANIZATION' }, { Id: STRANGER, Type: 'ACCOUNT' }] },
    });
    expect(on.error('dora', 'organizations:DescribeHandshake', input)).toMatch(
      /^failed: HandshakeNotFoundException/,
    );
    expect(on.error('admin', 'organizations:AcceptHandshake', input)).toMatch(
      /^failed: HandshakeNotFoundException/,
    );
    attached(on, DENY_S3, [organizationOf(on).rootId]);
    expect(verdict(on, 'eve', LIST)).toBe('allowed');
    on.do('eve', 'organizations:AcceptHandshake', input);
    expect(verdict(on, 'eve', LIST)).toBe('explicit-deny by service-control');
    expect(on.do('admin', 'organizations:DescribeAccount', { AccountId: STRANGER })).toMatchObject({
      Account: { JoinedMethod: 'INVITED' },
    });
    expect(on.error('eve', 'organizations:AcceptHandshake', input)).toMatch(
      /^failed: HandshakeAlreadyInStateException/,
    );
    expect(on.error('admin', 'organizations:InviteAccountToOrganization', { Target })).toMatch(
      /^failed: HandshakeConstraintViolationException/,
    );
  });

  it('is made once, and can be declined, taken back, or too late', () => {
    const { on, input } = invited();
    expect(on.error('admin', 'organizations:InviteAccountToOrganization', { Target })).toMatch(
      /^failed: DuplicateHandshakeException/,
    );
    expect(on.error('admin', 'organizations:InviteAccountToOrganization', { Target: { Id: 'x' } })).toMatch(
      /^failed: InvalidInputException/,
    );
    on.do('eve', 'organizations:DeclineHandshake', input);
    on.do('admin', 'organizations:InviteAccountToOrganization', { Target });
    const [, second] = Object.keys(organizationOf(on).handshakes);
    expect(on.error('eve', 'organizations:CancelHandshake', { HandshakeId: second })).toMatch(
      /^failed: HandshakeNotFoundException/,
    );
    on.do('admin', 'organizations:CancelHandshake', { HandshakeId: second });
    on.do('admin', 'organizations:InviteAccountToOrganization', { Target });
    const [, , third] = Object.keys(organizationOf(on).handshakes);
    on.wait(15 * 24 * HOUR);
    expect(on.error('eve', 'organizations:AcceptHandshake', { HandshakeId: third })).toMatch(
      /^failed: InvalidHandshakeTransitionException/,
    );
    expect(on.do('admin', 'organizations:ListHandshakesForOrganization')).toMatchObject({
      Handshakes: [{ State: 'DECLINED' }, { State: 'CANCELED' }, { State: 'EXPIRED' }],
    });
  });
});
