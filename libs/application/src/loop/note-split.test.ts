import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Reading } from '@spillway/domain-analysis';
import type { Release, Strategy } from '@spillway/domain-release';
import { aMetric } from '@spillway/domain-release/testing';
import { after, basisPoints, duration, version } from '@spillway/kernel';
import { aCaller } from '../testing/fake/a-caller.js';
import { aWorkshop, type Workshop } from '../testing/fake/workshop.js';
import { aService, eu } from '../testing/index.js';
import { measure } from './measure.js';

const minute = 60_000;
let workshop: Workshop;
let release: Release;

const counted = (candidate: number, stable?: number): Reading => ({
  kind: 'value',
  candidate: { value: 100, requests: candidate },
  ...(stable === undefined ? {} : { stable: { value: 100, requests: stable } }),
});

/** A release at 10 %, baking, measured once a minute. */
async function begin(reading: Reading, strategy: Partial<Strategy> = {}): Promise<void> {
  workshop = await aWorkshop({
    metrics: [aMetric({ count: 100 })],
    steps: [
      { kind: 'setWeight', weight: basisPoints(1_000) },
      { kind: 'bake', length: duration(60 * minute) },
    ],
    ...strategy,
  });
  workshop.reading = reading;
  const { id } = await workshop.started();
  await workshop.pass(5 * minute);
  release = await workshop.release(id);
}

const inEu = () => release.rollouts.find(({ cluster }) => cluster === eu);
const told = async () => {
  const events = await workshop.uow.run((tx) => tx.releases.events(release.id, 0, 1_000));
  return events.filter(({ event }) => event.type === 'trafficObserved' && event.cluster === eu);
};
const warnings = () => workshop.log.filter(({ level }) => level === 'warn');

describe('requests that are split as the weight says', () => {
  beforeEach(() => begin(counted(102, 898)));

  it('are noted with their numbers, once for the generation', async () => {
    expect(inEu()?.observed?.detail).toBe(
      '102 of 1000 requests (10.20 %) went to v2; programmed: 10 %',
    );
    expect(await told()).toHaveLength(1);
    expect(workshop.asked.length).toBeGreaterThan(2);
  });

  it('are told as the reason', async () => {
    const [first] = await told();
    expect(first?.event.because).toBe(
      'eu splits requests as generation 2 says: 102 of 1000 requests (10.20 %) went to v2; programmed: 10 %',
    );
  });
});

it('says in the log that they are split otherwise, and holds the release', async () => {
  await begin(counted(500, 500));
  expect(inEu()).not.toHaveProperty('observed');
  expect(warnings()[0]?.message).toBe(
    'requests are not split as programmed: 500 of 1000 requests (50.00 %) went to v2; programmed: 10 %',
  );
  expect(release.held?.reason.kind).toBe('splitNotInForce');
});

it.each([
  ['split otherwise', 500, 500],
  ['split so', 102, 898],
])('takes no word of people who push: requests that are %s', async (_, candidate, stable) => {
  await begin(
    { kind: 'empty' },
    {
      metrics: [aMetric({ count: 100, query: { kind: 'pushed', metric: 'orders' } })],
      steps: [
        { kind: 'setWeight', weight: basisPoints(1_000) },
        { kind: 'bake', length: duration(60 * minute) },
      ],
    },
  );
  const pushed = (requests: number, of: string) => ({
    metric: 'orders',
    cluster: eu,
    service: release.service,
    version: version(of),
    figure: { kind: 'counts', requests, errors: 0 } as const,
  });
  await workshop.pass(1_000);
  await workshop.useCases.pushMeasurements(
    { form: 'list', measurements: [pushed(candidate, 'v2'), pushed(stable, 'v1')] },
    aCaller('ci'),
  );
  await workshop.pass(5 * minute);
  release = await workshop.release(release.id);
  const looks = await workshop.uow.run((tx) => tx.measurements.ofStep(release.id, 1));
  expect(looks.map(({ reading }) => reading)).toContainEqual(
    expect.objectContaining({ kind: 'value' }),
  );
  expect(inEu()).not.toHaveProperty('observed');
  expect(warnings()).toEqual([]);
});

it.each<[string, Reading]>([
  ['too few were counted', counted(3, 30)],
  ['nobody counted those of stable', counted(100)],
  ['nobody counts', { kind: 'value', candidate: { value: 99.9 }, stable: { value: 99.9 } }],
])('notes nothing where %s', async (_, reading) => {
  await begin(reading);
  expect(inEu()).not.toHaveProperty('observed');
  expect(warnings()).toEqual([]);
});

it.each<[string, Partial<Strategy>]>([
  ['cookies', { sticky: { cookie: 'release', lifetime: duration(3_600_000) } }],
  [
    'a match route',
    {
      steps: [
        { kind: 'route', route: { name: 'testers', match: [{ method: { exact: 'GET' } }] } },
        { kind: 'setWeight', weight: basisPoints(1_000) },
        { kind: 'bake', length: duration(60 * minute) },
      ],
    },
  ],
])('notes nothing where %s give the candidate requests beside its weight', async (_, strategy) => {
  await begin(counted(102, 898), strategy);
  expect(inEu()).not.toHaveProperty('observed');
});

it('notes nothing where pods are the weights', async () => {
  await begin(counted(3, 30));
  const replicas = { kind: 'replicas', deployment: 'catalog-{version}', total: 10 } as const;
  await workshop.uow.run((tx) => tx.services.put(aService({ ownership: replicas })));
  const before = workshop.asked.length;
  workshop.reading = counted(102, 898);
  await workshop.clock.advanceTo(after(workshop.clock.now(), minute));
  await measure(workshop.deps)(release.id, eu);
  expect(workshop.asked.length).toBeGreaterThan(before);
  expect(await told()).toEqual([]);
});

it('takes no window that reaches back before the routing was read back', async () => {
  await begin(counted(102, 898));
  const [first] = await workshop.uow.run((tx) => tx.measurements.ofStep(release.id, 1));
  const at = inEu()?.applied?.at ?? 0;
  expect(first?.from).toBeGreaterThanOrEqual(at);
});
