import { describe, expect, it } from '@jest/globals';
import { EVERYTHING, after, basisPoints } from '@spillway/kernel';
import { advance } from '../advance.js';
import type { ReleaseEvent, ReleaseFact } from '../event.js';
import { evolve } from '../evolve.js';
import type { GatesSeen } from '../observation.js';
import type { Step } from '../plan.js';
import type { Release } from '../release.js';
import { aRunningRelease, anObservation } from '../testing/an-observation.js';
import { aMoment, aPlan, aReleaseEvent } from '../testing/index.js';
import { judgingOnce } from '../testing/judging-once.js';
import type { ApprovalPolicy } from './gate.js';

const hour = 3_600_000;
const to = (weight: number): Step => ({ kind: 'setWeight', weight: basisPoints(weight), wave: 0 });
const approvals = (policy: Partial<ApprovalPolicy> = {}): Step => ({
  kind: 'gate',
  name: 'prod',
  approvals: { count: 2, ...policy },
  wave: 0,
});
const manual: Step = { kind: 'gate', name: 'load', manual: 'closed', wave: 0 };
const at = (gate: Step, index = 0): Release =>
  aRunningRelease({
    plan: aPlan({ steps: [gate, to(1_000)] }),
    cursor: { index, started: index === 0, enteredAt: aMoment },
  });

const gates = (open: readonly string[] = [], plan = 'a'): GatesSeen => ({
  plan,
  manual: new Map(open.map((name) => [name, 'open'])),
});
const look = (release: Release, seen: GatesSeen | undefined, now = aMoment) =>
  advance(release, { ...anObservation(release), ...(seen && { gates: seen }) }, judgingOnce(), now);
const by = (actor: string, fact: ReleaseFact): ReleaseEvent => aReleaseEvent(fact, { actor });
const approved = (actor: string, more: { readonly until?: ReturnType<typeof after> } = {}) =>
  by(actor, { type: 'approved', gate: 'prod', wave: 0, roles: ['approver'], plan: 'a', ...more });
const types = (events: readonly ReleaseEvent[]): readonly string[] =>
  events.map(({ type }) => type);

describe('at a gate', () => {
  it('a release awaits approvals, and says whose', () => {
    const { release, wait } = look(
      at(approvals({ roles: ['approver'], people: ['anna'] })),
      gates(),
    );
    expect(release).toMatchObject({
      phase: 'awaitingApproval',
      awaiting: { gate: 'prod', wave: 0, from: 'progressing' },
      because: 'waits at gate "prod" of wave 1: 2 approvals by the role approver or by anna',
    });
    expect(wait.because).toBe('gate "prod" has 0 of 2 approvals');
  });

  it('goes on with as many as are wanted, by different people', () => {
    const { release: waiting } = look(at(approvals()), gates());
    const one = evolve(waiting, approved('ben'));
    expect(look(one, gates()).wait.because).toBe('gate "prod" has 1 of 2 approvals (ben)');
    expect(look(evolve(one, approved('ben')), gates()).events).toEqual([]);
    const { release, events } = look(evolve(one, approved('eve')), gates());
    expect(types(events)).toEqual(['gatePassed', 'stepCompleted', 'stepStarted', 'trafficShifted']);
    expect(events[0]?.because).toBe('gate "prod" has 2 of 2 approvals (ben, eve)');
    expect(release).not.toHaveProperty('awaiting');
  });

  it('does not count an approval that expired', () => {
    const end = after(aMoment, hour);
    const waiting = look(at(approvals({ count: 1 })), gates()).release;
    const given = evolve(waiting, approved('ben', { until: end }));
    expect(look(given, gates(), end).release.phase).toBe('awaitingApproval');
    expect(look(given, gates(), after(end, -1)).release.phase).toBe('progressing');
  });

  it('opened by hand waits for that, and passes at once where it is open', () => {
    expect(look(at(manual), gates()).release).toMatchObject({ phase: 'awaitingApproval' });
    expect(types(look(at(manual), gates(['load'])).events)[0]).toBe('gatePassed');
    expect(types(look(at({ ...manual, manual: 'open' }), gates()).events)[0]).toBe('gatePassed');
  });

  it('does not pass while nothing is known of it', () => {
    const { release, wait } = look(at(manual), undefined);
    expect([release.phase, wait.because]).toEqual([
      'progressing',
      'asks for the state of gate "load"',
    ]);
  });
});

describe('a changed plan', () => {
  const waiting = look(at(approvals()), gates()).release;

  it('voids the approvals of the one before, and says so', () => {
    const given = evolve(evolve(waiting, approved('ben')), approved('eve'));
    const { release, events } = look(given, gates([], 'b'));
    expect(events).toMatchObject([
      {
        type: 'approvalsVoided',
        by: ['ben', 'eve'],
        because: 'the plan was changed, so approvals by ben, eve are void',
      },
    ]);
    expect(release).toMatchObject({ phase: 'awaitingApproval', approvals: [] });
  });

  it('makes a gate ask again that was passed', () => {
    const passed = {
      ...at(approvals(), 1),
      passedGates: [{ gate: 'prod', wave: 0, at: aMoment, plan: 'a' }],
    };
    expect(types(look(passed, gates()).events)).toContain('trafficShifted');
    const changed = look(passed, gates([], 'b'));
    expect(types(changed.events)).toEqual(['approvalsVoided', 'stepStarted', 'gateReached']);
    expect(changed.release).toMatchObject({ phase: 'awaitingApproval', passedGates: [] });
  });

  it('that has the gate no more lets the release go on', () => {
    const without = { ...waiting, plan: aPlan({ steps: [to(1_000)] }) };
    expect(types(look(without, gates([], 'b')).events)[0]).toBe('gateLeft');
  });
});

describe('no gate is skipped', () => {
  it('by a promotion', () => {
    const promoting: Release = {
      ...at(approvals()),
      phase: 'promoting',
      cursor: { index: 2, started: false, enteredAt: aMoment },
    };
    const { release, events } = look(promoting, gates());
    expect(types(events)).toEqual(['gateReached']);
    expect(release).toMatchObject({ phase: 'awaitingApproval', awaiting: { from: 'promoting' } });
    const both = evolve(evolve(release, approved('ben')), approved('eve'));
    const after = look(both, gates());
    expect(types(after.events)).toEqual(['gatePassed', 'trafficShifted']);
    expect(after.release).toMatchObject({
      phase: 'promoting',
      rollouts: [{ desired: { weight: EVERYTHING } }, { desired: { weight: EVERYTHING } }],
    });
  });

  it('by a jump over it', () => {
    expect(types(look(at(manual, 1), gates()).events)).toEqual(['stepStarted', 'gateReached']);
  });

  it('and who goes back to before it does not wait there', () => {
    const waiting = look(at(manual, 1), gates()).release;
    const back: Release = {
      ...waiting,
      plan: aPlan({ steps: [to(100), manual, to(1_000)] }),
      cursor: { index: 0, started: true, enteredAt: aMoment },
    };
    expect(types(look(back, gates()).events)).toEqual(['gateLeft', 'trafficShifted']);
  });
});

describe('a gate that asks for a rollback', () => {
  const listening = (change: Partial<Release> = {}): Release => ({
    ...at(approvals()),
    plan: aPlan({ steps: [approvals(), to(1_000)], rollbackGate: 'rollback' }),
    ...change,
  });

  it('takes all traffic back when it is opened', () => {
    expect(look(listening(), gates(['rollback'])).events[0]).toMatchObject({
      type: 'rollbackStarted',
      because: 'gate "rollback" is open, which asks for a rollback',
    });
  });

  it('cancels what has not begun, and is nothing to who does not listen', () => {
    const pending = listening({ phase: 'pending', rollouts: [] });
    expect(types(look(pending, gates(['rollback'])).events)).toEqual(['cancelled']);
    expect(look(at(manual), gates(['rollback'])).release.phase).toBe('awaitingApproval');
  });
});

it('judges the candidate while it waits, and takes its traffic back', () => {
  const waiting = { ...look(at(approvals()), gates()).release };
  const exposed = aRunningRelease({ ...waiting, rollouts: aRunningRelease({}, 1_000).rollouts });
  const seen = anObservation(exposed, {
    eu: {
      ...anObservation(exposed).clusters.get(exposed.plan.waves[0]?.[0] as never),
      candidateEndpoints: 0,
    } as never,
  });
  const { events } = advance(exposed, { ...seen, gates: gates() }, judgingOnce(), aMoment);
  expect(events[0]).toMatchObject({ type: 'rollbackStarted' });
});

it('goes on waiting at its gate after a hold', () => {
  const waiting = look(at(approvals()), gates()).release;
  const lost = { kind: 'unreachable', since: aMoment, reason: 'gone' } as const;
  const held = advance(
    waiting,
    { ...anObservation(waiting, { eu: lost, us: lost }), gates: gates() },
    judgingOnce(),
    aMoment,
  ).release;
  expect(held).toMatchObject({ phase: 'held', awaiting: { gate: 'prod' } });
  expect(look(held, gates()).release).toMatchObject({
    phase: 'awaitingApproval',
    awaiting: { gate: 'prod' },
  });
});
