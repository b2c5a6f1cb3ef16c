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
  known.with(step, found(...all));
  for (let other = 0; other < 40; other += 1) {
    const many = Array.from({ length: 1_000 }, (_, n) => look(n));
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
  const steps = Array.from({ length: 400 }, (_, n) => ({ ...step, step: n }));
  const thousand = found(...Array.from({ length: 1_000 }, (_, n) => look(n)));
  const learnAll = (): void => steps.forEach((one) => void known.with(one, thousand));
  const kept = () => steps.filter((one) => known.newIn(one).from > 0);
  beforeEach(learnAll);

  it('keeps the same ones, round after round', () => {
    const before = kept();
    expect(before).toEqual(steps.slice(0, 299));
    learnAll();
    expect(kept()).toEqual(before);
  });

  it('gives one up that grows beyond it, and has room for another one then', () => {
    const grown = { total: 2_000, measurements: thousand.measurements.map(later) };
    expect(known.with(step, grown)).toHaveLength(2_000);
    expect(known.newIn(step).from).toBe(0);
    known.with({ ...step, step: 350 }, thousand);
    expect(known.newIn({ ...step, step: 350 }).from).toBe(1_000);
  });

  it('gives up those that nobody asked for in a minute', () => {
    let now = 1;
    known = new KnownMeasurements({ now: () => now });
    learnAll();
    now += 50_000;
    const used = steps.slice(0, 10);
    for (const one of used) known.newIn(one);
    now += 20_000;
    known.with({ ...step, step: 350 }, thousand);
    expect(kept()).toEqual([...used, { ...step, step: 350 }]);
  });
});

const later = (one: Measurement): Measurement => look(one.ordinal + 1_000);
