import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Measurement } from '@spillway/domain-analysis';
import { clusterName, instant, releaseId } from '@spillway/kernel';
import { KnownMeasurements } from './known-measurements.js';

const step = { release: releaseId('one'), step: 1 };
const look = (ordinal: number, metric = 'errors', cluster = 'eu'): Measurement => ({
  metric,
  cluster: clusterName(cluster),
  ordinal,
  from: instant(0),
  to: instant(ordinal),
  reading: { kind: 'empty' },
});
const found = (...measurements: readonly Measurement[]) => ({
  total: measurements.length,
  measurements,
});

let known: KnownMeasurements;
beforeEach(() => {
  known = new KnownMeasurements();
});

it('asks for all of a step that nothing is known of, and then for what is new', () => {
  expect(known.newIn(step).from).toBe(0);
  known.with(step, found(look(0), look(1)));
  expect(known.newIn(step).from).toBe(2);
  expect(known.with(step, { total: 3, measurements: [look(2)] })).toEqual(
    [0, 1, 2].map((n) => look(n)),
  );
  expect(known.newIn({ ...step, step: 2 }).from).toBe(0);
});

it('asks from where the series that is behind goes on, and takes nothing twice', () => {
  const behind = look(0, 'errors', 'us');
  known.with(step, found(look(0), look(1), behind));
  const bySeries = { 'errors\u0001eu': 2, 'errors\u0001us': 1 };
  expect(known.newIn(step)).toEqual({ from: 1, bySeries });
  const next = look(1, 'errors', 'us');
  expect(known.with(step, { total: 4, measurements: [look(1), next] })).toEqual([
    look(0),
    look(1),
    behind,
    next,
  ]);
});

it('gives them by metric, cluster and ordinal, whatever came first', () => {
  const all = [look(0, 'a', 'us'), look(0, 'ab', 'eu'), look(1, 'ab', 'eu'), look(0, 'b', 'eu')];
  known.with(step, { total: 1, measurements: all.slice(3) });
  known.with(step, { total: 4, measurements: all.slice(0, 3) });
  expect(known.with(step, { total: 4, measurements: [] })).toEqual(all);
});

it('gives the same again however many others were looked at meanwhile', () => {
  const histogram = { upperBounds: [5, 10], counts: [3, 0, 1] };
  const reading = { kind: 'value', candidate: { value: 0.5, requests: 4, histogram } } as const;
  const all = [0, 1].map((n) => ({ ...look(n), reading }));
  known = new KnownMeasurements({ packed: 1_000, unpacked: 50 });
  known.with(step, found(...all));
  for (let other = 0; other < 10; other += 1) {
    const many = Array.from({ length: 10 }, (_, n) => look(n));
    known.with({ release: releaseId(`other-${other}`), step: 1 }, found(...many));
  }
  const next = { ...look(2), reading };
  expect(known.with(step, { total: 3, measurements: [next] })).toEqual([...all, next]);
});

it('knows nothing any more where something is missing, as when a series began late', () => {
  known.with(step, found(look(0), look(1)));
  expect(known.with(step, { total: 4, measurements: [look(2)] })).toBeUndefined();
  expect(known.newIn(step).from).toBe(0);
});

describe('of more than it keeps', () => {
  const room = { packed: 300, unpacked: 50 };
  const steps = Array.from({ length: 40 }, (_, n) => ({ ...step, step: n }));
  const ten = found(...Array.from({ length: 10 }, (_, n) => look(n)));
  const learnAll = (): void => steps.forEach((one) => void known.with(one, ten));
  const kept = () => steps.filter((one) => known.newIn(one).from > 0);
  /** Those that were just looked at are there for a while, kept or not. */
  const lookAtOthers = (): void => {
    const many = found(...Array.from({ length: 60 }, (_, n) => look(n)));
    known.with({ ...step, release: releaseId('other') }, many);
  };
  beforeEach(() => {
    known = new KnownMeasurements(room);
    learnAll();
  });

  it('keeps the same ones, round after round', () => {
    lookAtOthers();
    const before = kept();
    expect(before).toEqual(steps.slice(0, 27));
    learnAll();
    lookAtOthers();
    expect(kept()).toEqual(before);
  });

  it('has those that were just looked at, however long they are', () => {
    const last = { ...step, step: 39 };
    expect(known.newIn(last).from).toBe(10);
    expect(known.with(last, { total: 10, measurements: [] })).toEqual(ten.measurements);
  });

  it('gives one up that grows beyond it, and has room for another one then', () => {
    const grown = { total: 20, measurements: ten.measurements.map(later) };
    expect(known.with(step, grown)).toHaveLength(20);
    lookAtOthers();
    expect(known.newIn(step).from).toBe(0);
    known.with({ ...step, step: 35 }, ten);
    lookAtOthers();
    expect(known.newIn({ ...step, step: 35 }).from).toBe(10);
  });

  it('gives up those that nobody asked for in a minute', () => {
    let now = 1;
    known = new KnownMeasurements(room, { now: () => now });
    learnAll();
    now += 50_000;
    const used = steps.slice(0, 10);
    for (const one of used) known.newIn(one);
    now += 20_000;
    known.with({ ...step, step: 35 }, ten);
    lookAtOthers();
    expect(kept()).toEqual([...used, { ...step, step: 35 }]);
  });
});

const later = (one: Measurement): Measurement => look(one.ordinal + 10);
