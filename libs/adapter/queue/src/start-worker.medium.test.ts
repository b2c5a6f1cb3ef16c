import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Job } from '@spillway/application';
import { until } from '@spillway/application/testing';
import { after, clusterName, releaseId } from '@spillway/kernel';
import { paceOf } from './pace.js';
import { QueueBench } from './testing/queue-bench.js';
import { subjectOf } from './testing/subject-of.js';

const reconcile = (release: string): Job => ({ kind: 'reconcile', release: releaseId(release) });
const measureIn = (cluster: string): Job => ({
  kind: 'measure',
  release: releaseId('one'),
  cluster: clusterName(cluster),
});
const applyTo = (release: string): Job => ({
  kind: 'apply',
  release: releaseId(release),
  cluster: clusterName('eu'),
});
const apply = applyTo('one');
/** Of a kind with as many slots as asked for; others have several times as many. */
const announce = (release: string): Job => ({ kind: 'announce', release: releaseId(release) });
const hour = 3_600_000;

let bench: QueueBench;
let open: () => void;
/** Jobs that wait for it hang until the test ends. */
let gate: Promise<void>;

beforeEach(async () => {
  bench = await QueueBench.open();
  gate = new Promise((resolve) => (open = resolve));
});
afterEach(async () => {
  open();
  await bench.close();
});

it('picks up a job long before it would have looked for one', async () => {
  const seen: number[] = [];
  await bench.worker(() => Promise.resolve(void seen.push(Date.now())));
  await bench.enqueue(applyTo('warm-up'));
  await until(() => seen.length === 1);
  const lateness: number[] = [];
  for (let n = 2; n < 12; n += 1) {
    const asked = Date.now();
    await bench.enqueue(applyTo(`number ${n}`));
    await until(() => seen.length === n);
    lateness.push((seen.at(-1) ?? Infinity) - asked);
  }
  const median = lateness.sort((a, b) => a - b)[5];
  expect(median).toBeLessThan(paceOf('apply').pollMs / 4);
});

it('runs jobs of different subjects at the same moment', async () => {
  let running = 0;
  await bench.worker(() => ((running += 1), gate));
  await bench.enqueue(reconcile('one'), reconcile('two'));
  await until(() => running === 2);
});

it('lets no hanging job of one kind keep those of another from running', async () => {
  const started: Job['kind'][] = [];
  await bench.worker(
    (job) => (started.push(job.kind), job.kind === 'measure' ? gate : gate.then()),
    {
      concurrency: 1,
    },
  );
  await bench.enqueue(measureIn('eu'), measureIn('us'));
  await until(() => started.includes('measure'));
  await bench.enqueue(apply, reconcile('one'));
  await until(() => started.includes('apply') && started.includes('reconcile'));
});

it('never runs two jobs of a subject at the same moment, by however many workers', async () => {
  let running = 0;
  let most = 0;
  let ran = 0;
  const handle = async () => {
    most = Math.max(most, (running += 1));
    // While this one runs a new one is queued, and an idle worker is told of it.
    if ((ran += 1) < 20) await bench.enqueue(reconcile('one'));
    await bench.enqueue(reconcile(`marker ${ran}`), measureIn('eu'));
    running -= 1;
  };
  const other = () => Promise.resolve();
  const route = (job: Job) =>
    subjectOf(job) === releaseId('one') && job.kind === 'reconcile' ? handle() : other();
  await bench.worker(route, { concurrency: 4 });
  await bench.worker(route, { concurrency: 4 });
  await bench.enqueue(reconcile('one'));
  await until(() => ran === 20);
  expect(most).toBe(1);
});

it('tries a failed job again', async () => {
  let tries = 0;
  await bench.worker(() =>
    (tries += 1) < 3 ? Promise.reject(new Error('no')) : Promise.resolve(),
  );
  await bench.enqueue(reconcile('one'));
  await until(() => tries === 3);
  await until(async () => (await bench.count()) === 0);
  expect(bench.warnings.filter((text) => text.includes('a job failed'))).toHaveLength(2);
});

it('tries a failed job again soon, though it had queued its successor for later', async () => {
  let tries = 0;
  await bench.worker(async (job) => {
    await bench.uow.run((tx) => tx.jobs.enqueue(job, after(tx.now, hour)));
    if ((tries += 1) === 1) throw new Error('after all');
  });
  await bench.enqueue(reconcile('one'));
  await until(() => tries === 2);
});

it('finishes the jobs that run before it has stopped, and starts no other', async () => {
  let finished = false;
  let started = 0;
  const worker = await bench.worker(
    async () => {
      started += 1;
      await gate;
      finished = true;
    },
    { concurrency: 1 },
  );
  await bench.enqueue(announce('one'));
  await until(() => started === 1);
  await bench.enqueue(announce('two'));
  const stopped = worker.stop();
  open();
  await stopped;
  expect(finished).toBe(true);
  expect(started).toBe(1);
  expect(await bench.count('locked_at is null')).toBe(1);
  expect(await bench.count()).toBe(1);
});

it('refuses to start without a database', async () => {
  const url = new URL(bench.url);
  url.pathname = '/nowhere';
  const lost = QueueBench.at(url.href, () => Promise.resolve());
  await expect(lost.worker(() => Promise.resolve())).rejects.toThrow('does not exist');
  await lost.close();
});
