import { describe, expect, it } from '@jest/globals';
import { after, duration } from '@spillway/kernel';
import type { Step } from '../plan.js';
import type { Release } from '../release.js';
import { aRunningRelease } from '../testing/an-observation.js';
import { aMoment, aPlan } from '../testing/index.js';
import type { ApprovalPolicy, Approval } from './gate.js';
import { approve, reject, type Judgement } from './judge-approval.js';

const gate = (name: string, policy: Partial<ApprovalPolicy> = {}): Step => ({
  kind: 'gate',
  name,
  approvals: { count: 1, ...policy },
  wave: 0,
});
const at = (policy: Partial<ApprovalPolicy> = {}, change: Partial<Release> = {}): Release =>
  aRunningRelease(
    {
      plan: aPlan({ steps: [gate('prod', policy), gate('late')] }),
      phase: 'awaitingApproval',
      awaiting: { gate: 'prod', wave: 0, since: aMoment, from: 'progressing' },
      ...change,
    },
    1_000,
  );
const ben = (more: Partial<Judgement> = {}): Judgement => ({
  by: 'ben',
  roles: ['approver'],
  plan: 'a',
  authors: new Set(['anna']),
  ...more,
});
const codeOf = (result: { readonly ok: boolean; readonly error?: { readonly code: string } }) =>
  result.ok ? 'ok' : result.error?.code;
const given: Approval = { gate: 'prod', wave: 0, by: 'ben', roles: [], at: aMoment, plan: 'a' };

describe('who approves', () => {
  it('says so for the plan that there is, with their roles', () => {
    expect(approve(at(), ben(), aMoment)).toEqual({
      ok: true,
      value: { type: 'approved', gate: 'prod', wave: 0, roles: ['approver'], plan: 'a' },
    });
  });

  it('says so for as long as the gate wants', () => {
    const release = at({ expiresAfter: duration(60_000) });
    expect(approve(release, ben(), aMoment)).toMatchObject({
      value: { until: after(aMoment, 60_000) },
    });
  });

  it('again changes nothing while the first time counts', () => {
    expect(approve(at({}, { approvals: [given] }), ben(), aMoment)).toEqual({
      ok: true,
      value: undefined,
    });
    const other = at({}, { approvals: [{ ...given, plan: 'b' }] });
    expect(approve(other, ben(), aMoment)).toMatchObject({ value: { type: 'approved' } });
  });

  it('means the next gate that was not passed, or the one that is named', () => {
    const passed = at({}, { passedGates: [{ gate: 'prod', wave: 0, at: aMoment, plan: 'a' }] });
    expect(approve(passed, ben(), aMoment)).toMatchObject({ value: { gate: 'late' } });
    expect(approve(at(), ben({ gate: 'late' }), aMoment)).toMatchObject({
      value: { gate: 'late' },
    });
  });
});

describe('refuses', () => {
  it.each([
    ['a plan that was not read', at(), ben({ read: 'b' }), 'PLAN_CHANGED'],
    ['a gate that there is not', at(), ben({ gate: 'nope' }), 'UNKNOWN_GATE'],
    ['where nothing wants approval', at({}, { plan: aPlan() }), ben(), 'NOTHING_TO_APPROVE'],
    ['when it is over', at({}, { phase: 'succeeded' }), ben(), 'NOT_POSSIBLE_IN_PHASE'],
    ['who has not the role', at({ roles: ['admin'] }), ben(), 'APPROVAL_NOT_ALLOWED'],
    ['who is not named', at({ people: ['eve'] }), ben(), 'APPROVAL_NOT_ALLOWED'],
    ['their own work', at({ selfApproval: false }), ben({ by: 'anna' }), 'SELF_APPROVAL_FORBIDDEN'],
  ])('%s', (_, release, judgement, code) => {
    expect(codeOf(approve(release, judgement, aMoment))).toBe(code);
  });

  it('nobody who has one of the roles, or is named', () => {
    const policy = { roles: ['admin', 'approver'], people: ['eve'] };
    expect(codeOf(approve(at(policy), ben(), aMoment))).toBe('ok');
    expect(codeOf(approve(at(policy), ben({ by: 'eve', roles: [] }), aMoment))).toBe('ok');
    expect(codeOf(approve(at(), ben({ by: 'anna' }), aMoment))).toBe('ok');
  });
});

describe('a rejection', () => {
  it('takes all traffic back', () => {
    expect(reject(at(), ben())).toMatchObject({
      value: [
        { type: 'rejected', gate: 'prod', plan: 'a' },
        { type: 'rollbackStarted', traffic: { clusters: [{ weight: 0 }, { weight: 0 }] } },
      ],
    });
  });

  it('pauses where the gate wants that', () => {
    expect(reject(at({ onReject: 'pause' }), ben())).toMatchObject({
      value: [{ type: 'rejected' }, { type: 'paused' }],
    });
  });

  it('rolls back or cancels where nothing can be paused', () => {
    const policy = { onReject: 'pause' } as const;
    const factsIn = (change: Partial<Release>) => reject(at(policy, change), ben());
    expect(factsIn({ phase: 'promoting' })).toMatchObject({
      value: [{}, { type: 'rollbackStarted' }],
    });
    expect(factsIn({ phase: 'pending' })).toMatchObject({ value: [{}, { type: 'cancelled' }] });
    const paused = { from: 'awaitingApproval', since: aMoment } as const;
    expect(factsIn({ phase: 'paused', paused })).toMatchObject({ value: [{ type: 'rejected' }] });
  });

  it('is open to whoever may approve, also of their own work', () => {
    const release = at({ selfApproval: false, roles: ['approver'] });
    expect(codeOf(reject(release, ben({ by: 'anna' })))).toBe('ok');
    expect(codeOf(reject(release, ben({ roles: [] })))).toBe('APPROVAL_NOT_ALLOWED');
  });
});
