import { setImmediate } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { evolve, type Release, type ReleaseFact } from '@spillway/domain-release';
import { aMetric, aReleaseEvent } from '@spillway/domain-release/testing';
import {
  basisPoints,
  clusterName,
  duration,
  type ClusterName,
  type ReleaseId,
} from '@spillway/kernel';
import { aCaller } from '../testing/fake/a-caller.js';
import { aWorkshop, type Workshop } from '../testing/fake/workshop.js';
import { eu, us } from '../testing/index.js';
import { measure } from './measure.js';
import { reconcile } from './reconcile.js';

const minute = 60_000;
let workshop: Workshop;
let release: Release;
const run = (name = eu, id: ReleaseId = release.id) => measure(workshop.deps)(id, name);
const everything = (step = 1) => workshop.uow.run((tx) => tx.measurements.ofStep(release.id, step));
const stored = async (step = 1, of = eu) =>
  (await everything(step)).filter(({ cluster }) => cluster === of);
/** Time passes and nobody works. */
const sleep = (ms: number) => workshop.clock.advanceTo((workshop.clock.now() + ms) as never);

const command = (verb: 'pause' | 'resume' | 'abort') =>
  workshop.useCases.commandRelease({ release: release.id, verb, comment: '' }, aCaller('bob'));

const happen = (fact: ReleaseFact) =>
  workshop.uow.run(async (tx) => {
    const now = await tx.releases.lock(release.id);
    if (now === undefined) throw new Error('it is there');
    const event = aReleaseEvent(fact, { at: tx.now });
    await tx.releases.save(evolve(now, event), [event]);
  });

/** A release that bakes twice for two hours at 10 % and is measured once a minute. */
beforeEach(async () => {
  workshop = await aWorkshop({
    metrics: [aMetric({ count: 100 })],
    steps: [
      { kind: 'setWeight', weight: basisPoints(1_000) },
      { kind: 'bake', length: duration(120 * minute) },
      { kind: 'bake', length: duration(120 * minute) },
    ],
  });
  const { id } = await workshop.started();
  await workshop.work();
  release = await workshop.release(id);
});

it('asks the cluster for both versions over exactly the window, and stores the answer', async () => {
  await sleep(2 * minute);
  await run();
  const [first] = await stored();
  const { applied } = release.rollouts[0] ?? {};
  expect(first).toMatchObject({
    metric: 'success-rate',
    cluster: 'eu',
    ordinal: 0,
    reading: workshop.reading,
  });
  expect((first?.to ?? 0) - (first?.from ?? 0)).toBe(minute);
  expect(first?.from).toBeGreaterThanOrEqual(applied?.at ?? Number.POSITIVE_INFINITY);
  expect(workshop.asked.filter(({ cluster }) => cluster === eu)).toEqual([
    expect.objectContaining({
      cluster: 'eu',
      at: first?.to,
      window: minute,
      stable: 'v1',
      candidate: 'v2',
    }),
  ]);
});

it('wakes the release, which queues the next measurement', async () => {
  await sleep(2 * minute);
  workshop.takeAll();
  await run();
  expect(workshop.queue()).toEqual(['reconcile in 0 ms']);
  await reconcile(workshop.deps)(release.id);
  const [first] = await stored();
  const next = (first?.to ?? 0) + minute - workshop.clock.now();
  expect(workshop.queue()).toContain(`measure eu in ${next} ms`);
});

it('measures nothing before it is due, and comes back then', async () => {
  await sleep(59_000);
  for (const verb of ['pause', 'resume'] as const) await command(verb);
  const resumed = workshop.clock.now();
  await sleep(2_000);
  workshop.takeAll();
  await run();
  expect(workshop.asked).toEqual([]);
  const due = Math.ceil((resumed + minute) / minute) * minute;
  expect(workshop.queue()).toContain(`measure eu in ${due - workshop.clock.now()} ms`);
});

describe('the clusters of a release', () => {
  const sourceOf = async (name: ClusterName) => {
    const record = await workshop.uow.run((tx) => tx.clusters.get(name));
    if (record === undefined) throw new Error(`${name} is there`);
    return workshop.deps.metrics.to(record);
  };
  /** Its metrics do not answer before they are told to. */
  const hang = async (name: ClusterName) => {
    const source = await sourceOf(name);
    const read = source.read.bind(source);
    const waiting: (() => void)[] = [];
    source.read = async (question) => {
      await new Promise<void>((resume) => waiting.push(resume));
      return read(question);
    };
    return {
      asked: () => waiting.length,
      answer: () => waiting.splice(0).forEach((resume) => resume()),
      mend: () => (source.read = read),
    };
  };
  const made = async () =>
    (await everything()).map(({ cluster, ordinal }) => `${cluster} ${ordinal}`);

  beforeEach(async () => {
    await sleep(2 * minute);
    workshop.takeAll();
  });

  it('are measured together, and decided on together', async () => {
    await run();
    expect(await made()).toEqual(['eu 0', 'us 0']);
    expect(workshop.queue()).toEqual(['reconcile in 0 ms']);
    await reconcile(workshop.deps)(release.id);
    expect(workshop.queue().filter((job) => job.startsWith('measure'))).toHaveLength(1);
  });

  it('do not wait for one whose metrics hang: it gets a job of its own', async () => {
    await hang(us);
    await run();
    expect(await made()).toEqual(['eu 0']);
    expect([...workshop.queue()].sort()).toEqual(['measure us in 0 ms', 'reconcile in 0 ms']);
  });

  it('are stored at once though the one hangs in whose name they are measured', async () => {
    const { answer } = await hang(eu);
    const done = run();
    while ((await made()).length === 0) await setImmediate();
    expect(await made()).toEqual(['us 0']);
    answer();
    await done;
    expect(await made()).toEqual(['eu 0', 'us 0']);
  });

  describe('of which one was slow', () => {
    let slow: Awaited<ReturnType<typeof hang>>;
    let work: (name: ClusterName) => Promise<void>;

    beforeEach(async () => {
      slow = await hang(us);
      const measuring = measure(workshop.deps);
      work = (name) => measuring(release.id, name);
      await work(eu);
      await sleep(minute);
      workshop.takeAll();
    });

    it('neither wait for it nor ask it again', async () => {
      const before = slow.asked();
      const now = workshop.clock.now();
      await work(eu);
      expect(workshop.clock.now()).toBe(now);
      expect(slow.asked()).toBe(before);
      expect(await made()).toEqual(['eu 0', 'eu 1']);
      expect(workshop.queue()).toContain('measure us in 0 ms');
    });

    it('are measured with it again when it has answered in time', async () => {
      slow.mend();
      await work(us);
      expect(await made()).toEqual(['eu 0', 'eu 1', 'us 0', 'us 1']);
      await sleep(minute);
      await work(eu);
      expect((await made()).slice(-1)).toEqual(['us 2']);
    });
  });
});

describe('after a long stop', () => {
  const ordinals = async (): Promise<readonly number[]> =>
    (await stored()).map(({ ordinal }) => ordinal);
  beforeEach(() => sleep(6 * minute));

  it('makes up two missed measurements at once, and goes on with the next job', async () => {
    await run();
    expect(await ordinals()).toEqual([0, 1]);
    await reconcile(workshop.deps)(release.id);
    expect(workshop.queue()).toContain('measure eu in 0 ms');
  });

  it('makes up every measurement that was missed, each at its own moment', async () => {
    for (let turn = 0; turn < 3; turn += 1) {
      await run();
      await reconcile(workshop.deps)(release.id);
    }
    const made = await stored();
    expect(await ordinals()).toEqual([0, 1, 2, 3, 4]);
    expect(made.map(({ to }) => to - (made[0]?.to ?? 0))).toEqual(
      [0, 1, 2, 3, 4].map((n) => n * minute),
    );
  });
});

it('stores what went wrong as what it is', async () => {
  workshop.reading = { kind: 'error', message: 'connection refused' };
  await sleep(2 * minute);
  await run();
  expect(await stored()).toMatchObject([
    { reading: { kind: 'error', message: 'connection refused' } },
  ]);
});

describe('measures nothing', () => {
  it.each(['pause', 'abort'] as const)('after a command to %s', async (verb) => {
    await command(verb);
    await sleep(5 * minute);
    await run();
    expect(workshop.asked).toEqual([]);
    expect(await stored()).toEqual([]);
  });

  it('for a release or a cluster that does not exist', async () => {
    await sleep(2 * minute);
    await run(eu, 'nobody' as ReleaseId);
    await run(clusterName('mars'));
    expect(workshop.asked).toEqual([]);
  });

  it('of a time in which the release was paused, once it was resumed', async () => {
    await command('pause');
    await sleep(5 * minute);
    await command('resume');
    const resumed = workshop.clock.now();
    await sleep(2 * minute);
    await run();
    const made = await stored();
    expect(made).toHaveLength(1);
    expect(made[0]?.from).toBeGreaterThanOrEqual(resumed);
  });
});

it('keeps an answer that comes after its step has ended for that step, and queues nothing more', async () => {
  await sleep(2 * minute);
  const record = await workshop.uow.run((tx) => tx.clusters.get(eu));
  if (record === undefined) throw new Error('eu is there');
  const source = workshop.deps.metrics.to(record);
  const read = source.read.bind(source);
  source.read = async (question) => {
    await happen({ type: 'stepCompleted', index: 1 });
    await happen({ type: 'stepStarted', index: 2 });
    return read(question);
  };
  workshop.takeAll();
  await run();
  expect(await stored(1)).toHaveLength(1);
  expect(await stored(2)).toEqual([]);
  expect(workshop.queue()).not.toContainEqual(expect.stringMatching(/^measure/));
});
