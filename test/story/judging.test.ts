import { describe, expect, it } from '@jest/globals';
import { playgroundDeployment, type VersionBehaviour } from '@spillway/adapter-cluster';
import type { MetricSpec } from '@spillway/domain-analysis';
import type { StepTemplate, StrategyDraft } from '@spillway/domain-release';
import { version } from '@spillway/kernel';
import { expectGolden } from './golden.js';
import { Story } from './story.js';
import { at, canary, latency, seconds, successRate } from './strategies.js';

const { service } = playgroundDeployment;
const both = ['eu-west', 'us-east'];
const [one] = both.slice(0, 1);

const everyTenSeconds = { interval: seconds(10), window: seconds(10) };
const errors: MetricSpec = { ...successRate, ...everyTenSeconds, name: 'errors', min: 99 };
const { judge: _compared, ...threshold } = errors;

const bake = (length: number): StepTemplate => ({ kind: 'bake', length: seconds(length) });
const inOneWave = (metrics: readonly MetricSpec[], steps: readonly StepTemplate[]): StrategyDraft =>
  canary({ waves: [{ kind: 'rest' }], metrics, steps });

/** One cluster with so many requests a second, and versions that behave so. */
async function aWorld(
  strategy: StrategyDraft,
  requestsPerSecond: number,
  versions: Readonly<Record<string, Partial<VersionBehaviour>>> = {},
  clusters: readonly string[] = [one ?? ''],
): Promise<Story> {
  const story = new Story();
  await story.given(clusters, strategy);
  for (const cluster of clusters) {
    const mesh = story.mesh(cluster);
    mesh.setRequestRate(service, requestsPerSecond);
    for (const [name, change] of Object.entries(versions)) {
      mesh.setVersion(service, version(name), change);
    }
  }
  return story;
}

describe('twice the errors of stable, of which nobody would complain', () => {
  const versions = { v1: { errorRate: 0.002 }, v2: { errorRate: 0.004 } };
  const steps = [at(10), bake(600), at(50), bake(60)];

  it('are found at 10 %, long before a bound is broken', async () => {
    const story = await aWorld(
      inOneWave([errors, { ...threshold, name: 'bound' }], steps),
      1_000,
      versions,
    );
    const id = await story.release('v2');
    const release = await story.end(id);
    story.answers();
    expect(release.phase).toBe('rolledBack');
    expectGolden(story.narrator.text, 'twice-the-errors');
  });

  it('go to everybody where each look is held against 99 %', async () => {
    const story = await aWorld(inOneWave([threshold], steps), 1_000, versions);
    const id = await story.release('v2');
    const release = await story.end(id);
    story.answers();
    expect(release.phase).toBe('succeeded');
    expectGolden(story.narrator.text, 'twice-the-errors-within-bounds');
  });
});

describe('requests that are not split as programmed', () => {
  it('hold the release, and let it go on by themselves when the proxies obey', async () => {
    const story = await aWorld(inOneWave([errors], [at(10), bake(30), at(50), bake(60)]), 100);
    const id = await story.release('v2');
    await story.pass('25s');
    const mesh = story.mesh('eu-west');
    story.happens('the proxies of eu-west are stuck', () => mesh.proxiesStuck());
    await story.phase(id, 'held');
    expect((await story.state(id)).held?.reason.kind).toBe('splitNotInForce');
    story.splits();
    await story.pass('20s');
    story.happens('the proxies of eu-west obey again', () => mesh.proxiesObey());
    const release = await story.end(id);
    expect(release.phase).toBe('succeeded');
    expectGolden(story.narrator.text, 'split-not-in-force');
  });

  it('are no reason to roll back, however the candidate looks, and a bound still is', async () => {
    const story = await aWorld(inOneWave([errors], [at(10), bake(30), at(50), bake(60)]), 100);
    const id = await story.release('v2');
    await story.pass('25s');
    const mesh = story.mesh('eu-west');
    story.happens('the proxies of eu-west are stuck', () => mesh.proxiesStuck());
    await story.phase(id, 'held');
    await story.pass('1m');
    story.happens('v2 fails one request in ten', () =>
      mesh.setVersion(service, version('v2'), { errorRate: 0.1 }),
    );
    const release = await story.end(id);
    expect(release.phase).toBe('rolledBack');
    expect(release.because).not.toContain('stop at');
    expectGolden(story.narrator.text, 'split-not-in-force-and-failing');
  });
});

it('a dry run says what it would have done, and decides nothing', async () => {
  const strict: MetricSpec = { ...latency, name: 'p99-below-50', max: 50, dryRun: true };
  const steps: readonly StepTemplate[] = [at(10), { kind: 'analyze', metrics: [] }];
  const story = await aWorld(inOneWave([successRate, strict], steps), 100);
  const id = await story.release('v2');
  const release = await story.end(id);
  expect(release.phase).toBe('succeeded');
  expect(story.narrator.text).toContain('(dry run: would roll back)');
  expectGolden(story.narrator.text, 'dry-run');
});

describe('a bake that is to find three times the errors', () => {
  const counts: MetricSpec = { ...errors, min: 50, minSample: 0, noData: { kind: 'ignore' } };
  const steps = (atMost: number): readonly StepTemplate[] => [
    at(10),
    { kind: 'bake', length: seconds(atMost), toFind: { ratio: 3, power: 0.9 } },
  ];

  it('is over as soon as it would have found them', async () => {
    const story = await aWorld(inOneWave([counts], steps(1_800)), 500);
    const id = await story.release('v2');
    const release = await story.end(id);
    expect(release.phase).toBe('succeeded');
    expectGolden(story.narrator.text, 'bake-until');
  });

  it('is held at night, and goes on when traffic returns', async () => {
    const story = await aWorld(inOneWave([counts], steps(300)), 5);
    const id = await story.release('v2');
    await story.phase(id, 'held');
    expect((await story.state(id)).held?.reason.kind).toBe('inconclusive');
    await story.pass('2m');
    story.happens('people wake up', () => story.mesh('eu-west').setRequestRate(service, 2_000));
    const release = await story.end(id);
    expect(release.phase).toBe('succeeded');
    expectGolden(story.narrator.text, 'bake-until-at-night');
  });

  it('is taken as done by whoever does not want to wait', async () => {
    const story = await aWorld(inOneWave([counts], steps(300)), 5);
    const id = await story.release('v2');
    await story.phase(id, 'held');
    await story.command(id, 'resume', 'it is a text');
    const release = await story.end(id);
    expect(release.phase).toBe('succeeded');
    expectGolden(story.narrator.text, 'bake-until-by-word');
  });
});

it('the same median with a worse tail is taken back', async () => {
  const tail: MetricSpec = {
    ...latency,
    ...everyTenSeconds,
    name: 'tail',
    max: 5_000,
    judge: { kind: 'latency', maxRatio: 1, minRequests: 100 },
  };
  const story = await aWorld(inOneWave([tail], [at(10), bake(600)]), 100, {
    v1: { latencyMs: { median: 20, p99: 120 } },
    v2: { latencyMs: { median: 20, p99: 400 } },
  });
  const id = await story.release('v2');
  const release = await story.end(id);
  expect(release.phase).toBe('rolledBack');
  expect(release.rollouts.every(({ desired }) => desired.weight === 0)).toBe(true);
  expectGolden(story.narrator.text, 'worse-tail');
});

it('a cluster without data holds both, until its patience is over', async () => {
  const steps: readonly StepTemplate[] = [at(10), { kind: 'analyze', metrics: [] }];
  const story = await aWorld(inOneWave([successRate], steps), 100, {}, both);
  story.happens('nobody measures us-east', () => story.mesh('us-east').metricsEmpty());
  const id = await story.release('v2');
  await story.phase(id, 'paused');
  story.happens('us-east is measured again', () => story.mesh('us-east').metricsUp());
  await story.command(id, 'resume');
  const release = await story.end(id);
  expect(release.phase).toBe('succeeded');
  expectGolden(story.narrator.text, 'no-data-in-one-cluster');
});
