import { describe, expect, it } from '@jest/globals';
import {
  EVERYTHING,
  NOTHING,
  basisPoints,
  clusterName,
  duration,
  instant,
  strategyName,
} from '@spillway/kernel';
import { advance } from '../advance.js';
import { evolve } from '../evolve.js';
import type { Step } from '../plan.js';
import type { Release } from '../release.js';
import { aRunningRelease, anObservation } from '../testing/an-observation.js';
import { judgingOnce } from '../testing/judging-once.js';
import { aMoment, aPlan, aReleaseEvent } from '../testing/index.js';
import { obeyed } from '../testing/obeyed.js';
import { changeStrategy } from './change-strategy.js';
import { obey } from './obey.js';
import type { Order } from './order.js';

const [eu, us] = [clusterName('eu'), clusterName('us')];
const comment = 'seen enough';
const percent = (n: number) => basisPoints(n * 100);
const later = instant(aMoment + 600_000);

/** At the bake at 50 % of 10, bake, 50, bake; both clusters have it. */
const atFifty = (): Release =>
  aRunningRelease({ cursor: { index: 3, started: true, enteredAt: aMoment } }, percent(50));

const atTen = (more: Partial<Release> = {}): Release => {
  const cursor = { index: 1, started: true, enteredAt: aMoment };
  return aRunningRelease({ cursor, ...more }, percent(10));
};

const after = (release: Release, order: Order): Release =>
  evolve(release, aReleaseEvent(obeyed(release, order), { at: later }));
const weights = ({ rollouts }: Release) => rollouts.map(({ desired }) => desired.weight);
const goOn = (release: Release) => advance(release, anObservation(release), judgingOnce(), later);

describe('a release that is sent back', () => {
  it('has at once what the step gives, in one generation, and begins that step again', () => {
    const back = after(atFifty(), { verb: 'jumpToStep', step: 1, comment: '' });
    expect(weights(back)).toEqual([percent(10), percent(10)]);
    expect(back).toMatchObject({
      phase: 'progressing',
      generation: atFifty().generation + 1,
      cursor: { index: 1, started: true, enteredAt: later },
    });
  });

  it('goes back to its first step when it is restarted, also out of a pause', () => {
    const paused = evolve(atFifty(), aReleaseEvent({ type: 'paused' }));
    const back = after(paused, { verb: 'restart', comment: '' });
    expect(weights(back)).toEqual([percent(10), percent(10)]);
    expect(back).toMatchObject({ phase: 'progressing', cursor: { index: 0, started: true } });
    expect(back).not.toHaveProperty('paused');
  });

  it('takes away everything where the turn of a wave has not come', () => {
    const steps: readonly Step[] = [0, 1].flatMap((wave) => [
      { wave, kind: 'setWeight' as const, weight: percent(10) },
      { wave, kind: 'bake' as const, length: duration(1_000), metrics: [] },
      { wave, kind: 'setWeight' as const, weight: EVERYTHING },
    ]);
    const release = atFifty();
    const plan = aPlan({ waves: [[eu], [us]], steps });
    const rollouts = release.rollouts.map((one, wave) => ({ ...one, wave }));
    const inWaves = { ...release, plan, rollouts, cursor: { ...release.cursor, index: 4 } };
    const back = after(inWaves, { verb: 'jumpToStep', step: 1, comment: '' });
    expect(weights(back)).toEqual([percent(10), NOTHING]);
  });

  it('raises no weight by itself: the steps before bring it there, and their bakes are not waited for', () => {
    const back = after(atTen({ cursor: { index: 3, started: true, enteredAt: aMoment } }), {
      verb: 'jumpToStep',
      step: 2,
      comment: '',
    });
    expect(weights(back)).toEqual([percent(10), percent(10)]);
    expect(back).toMatchObject({ skipTo: 2 });
    const { release, events } = goOn(back);
    expect(events.map(({ type }) => type)).toContain('stepSkipped');
    expect(weights(release)).toEqual([percent(50), percent(50)]);
  });
});

describe('a release that is sent ahead', () => {
  it('gives the weights on the way in their order and waits for none of the bakes', () => {
    const ahead = after(atTen(), { verb: 'jumpToStep', step: 3, comment });
    expect(weights(ahead)).toEqual([percent(10), percent(10)]);
    const { events, release } = goOn(ahead);
    expect(events.map(({ type }) => type)).toEqual([
      'stepSkipped',
      'stepStarted',
      'trafficShifted',
    ]);
    expect(weights(release)).toEqual([percent(50), percent(50)]);
    expect(release.cursor).toMatchObject({ index: 2, started: true });
  });

  it.each<[Order]>([
    [{ verb: 'jumpToStep', step: 3, comment: '' }],
    [{ verb: 'skipStep', comment: '' }],
  ])('passes over a judging step only with a reason: %j', (order) => {
    expect(obey(atTen(), order)).toMatchObject({
      ok: false,
      error: { code: 'REASON_REQUIRED', field: 'comment' },
    });
    expect(obey(atTen(), { ...order, comment }).ok).toBe(true);
  });

  it('does not pass a gate that it has passed under another plan', () => {
    const gate: Step = { wave: 0, kind: 'gate', name: 'qa', manual: 'closed' };
    const { steps } = aPlan();
    const plan = aPlan({ steps: [...steps.slice(0, 2), gate, ...steps.slice(2)] });
    const passedGates = [{ gate: 'qa', wave: 0, plan: 'digest', at: aMoment }];
    const strategy = { name: strategyName('other'), version: 2 };
    const fact = changeStrategy(atTen({ plan, passedGates }), strategy, { ...plan, drift: 'hold' });
    const changed = evolve(atTen({ plan, passedGates }), aReleaseEvent(fact, { at: later }));
    expect(obey(changed, { verb: 'jumpToStep', step: 4, comment })).toMatchObject({
      error: { code: 'STEP_NOT_SKIPPABLE' },
    });
  });

  it('does not pass a gate that nobody opened, and passes one that it has passed', () => {
    const gate: Step = { wave: 0, kind: 'gate', name: 'qa', manual: 'closed' };
    const { steps } = aPlan();
    const plan = aPlan({ steps: [...steps.slice(0, 2), gate, ...steps.slice(2)] });
    const order: Order = { verb: 'jumpToStep', step: 4, comment };
    expect(obey(atTen({ plan }), order)).toMatchObject({
      ok: false,
      error: { code: 'STEP_NOT_SKIPPABLE' },
    });
    const passed = [{ gate: 'qa', wave: 0, plan: 'digest', at: aMoment }];
    expect(obey(atTen({ plan, passedGates: passed }), order).ok).toBe(true);
    const atGate = atTen({ plan, cursor: { index: 2, started: true, enteredAt: aMoment } });
    expect(obey(atGate, { verb: 'skipStep', comment })).toMatchObject({
      error: { code: 'STEP_NOT_SKIPPABLE' },
    });
  });
});

describe('a step that is named', () => {
  it('is skipped once, however often it is told', () => {
    const skipped = after(atTen(), { verb: 'skipStep', step: 1, comment });
    expect(skipped.cursor).toMatchObject({ index: 2, started: false });
    expect(obey(skipped, { verb: 'skipStep', step: 1, comment })).toEqual({
      ok: true,
      value: 'already',
    });
  });

  it('is not skipped before it is reached', () => {
    expect(obey(atTen(), { verb: 'skipStep', step: 3, comment })).toMatchObject({
      error: { code: 'STEP_NOT_REACHED', field: 'step' },
    });
  });

  it('is gone to once, however often it is told', () => {
    expect(obey(atTen(), { verb: 'jumpToStep', step: 1, comment })).toMatchObject({
      value: 'already',
    });
    const ahead = after(atTen(), { verb: 'jumpToStep', step: 3, comment });
    expect(obey(ahead, { verb: 'jumpToStep', step: 3, comment })).toMatchObject({
      value: 'already',
    });
  });

  it.each([4, 99])('exists: %d does not', (step) => {
    expect(obey(atTen(), { verb: 'jumpToStep', step, comment })).toMatchObject({
      error: { code: 'INVALID_INPUT', field: 'step' },
    });
  });
});
