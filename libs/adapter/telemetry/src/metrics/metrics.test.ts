import { describe, expect, it } from '@jest/globals';
import type { Figure, Occurrence } from '@spillway/application';
import { clusterName, instant } from '@spillway/kernel';
import { createMetrics } from './metrics.js';

const eu = clusterName('eu');
const us = clusterName('us');
const now = instant(1_000_000);

const everything: readonly Occurrence[] = [
  { kind: 'moved', to: 'pending' },
  { kind: 'moved', from: 'rollingBack', to: 'rolledBack' },
  { kind: 'held', reason: 'noData' },
  { kind: 'judged', verdict: 'pass' },
  { kind: 'writeRefused', cluster: eu },
  { kind: 'driftFound', cluster: eu, isHealed: true },
  { kind: 'applied', cluster: eu, applied: 'rollback', ms: 240 },
  { kind: 'distributed', cluster: eu, ms: 900 },
  { kind: 'tookBack', ms: 300 },
  { kind: 'ran', job: 'reconcile', outcome: 'done', lateMs: 800, ms: 300 },
  { kind: 'called', cluster: eu, verb: 'patch', outcome: 'conflict', ms: 20 },
  { kind: 'queried', outcome: 'ok', ms: 2 },
];

const scraped = async (
  occurrences: readonly Occurrence[] = [],
  standing: () => Promise<readonly Figure[]> = () => Promise.resolve([]),
  clusters: readonly string[] = [],
): Promise<string> => {
  const metrics = createMetrics('worker');
  for (const one of occurrences) metrics.meter.note(one);
  const scrape = metrics.expose({
    clock: { now: () => now },
    standing,
    clusters: () =>
      clusters.map((name) => ({
        cluster: clusterName(name),
        state: { kind: 'unreachable', since: instant(now - 90_000), reason: 'refused' },
      })),
    pool: () => ({ inUse: 3, idle: 2, waiting: 1 }),
  });
  return (await scrape()).text;
};

describe('what happened is counted', () => {
  it.each([
    ['spillway_release_transitions_total{from="rollingBack",to="rolledBack"}', 1],
    ['spillway_releases_ended_total{as="rolledBack"}', 1],
    ['spillway_releases_ended_total{as="succeeded"}', 0],
    ['spillway_holds_total{reason="noData"}', 1],
    ['spillway_verdicts_total{verdict="pass"}', 1],
    ['spillway_writes_refused_total{cluster="eu"}', 1],
    ['spillway_drift_found_total{cluster="eu",healed="yes"}', 1],
    ['spillway_apply_seconds_sum{cluster="eu",purpose="rollback"}', 0.24],
    ['spillway_verify_seconds_sum{cluster="eu"}', 0.9],
    ['spillway_rollback_seconds_bucket{le="0.25"}', 0],
    ['spillway_rollback_seconds_bucket{le="0.5"}', 1],
    ['spillway_job_lateness_seconds_sum{kind="reconcile"}', 0.8],
    ['spillway_step_lateness_seconds_sum', 1.1],
    ['spillway_job_duration_seconds_count{kind="reconcile",outcome="done"}', 1],
    ['spillway_kubernetes_calls_total{cluster="eu",verb="patch",outcome="conflict"}', 1],
    ['spillway_database_query_seconds_count{outcome="ok"}', 1],
  ])('%s %d', async (series, value) => {
    expect((await scraped(everything)).split('\n')).toContain(`${series} ${value}`);
  });

  it('a job that was put back at once is no lateness yet', async () => {
    const text = await scraped([
      { kind: 'ran', job: 'reconcile', outcome: 'busy', lateMs: 9, ms: 1 },
    ]);
    expect(text).toContain('spillway_step_lateness_seconds_count 0');
    expect(text).toContain(
      'spillway_job_duration_seconds_count{kind="reconcile",outcome="busy"} 1',
    );
  });
});

describe('what stands in the database', () => {
  const figures: readonly Figure[] = [
    { name: 'jobsDue', label: 'apply', value: 4 },
    { name: 'workers', label: '', value: 2 },
    { name: 'clusterKnown', label: 'us', value: 1 },
  ];

  it('is shown by its one label', async () => {
    const lines = (await scraped([], () => Promise.resolve(figures))).split('\n');
    expect(lines).toContain('spillway_jobs_due{kind="apply"} 4');
    expect(lines).toContain('spillway_workers 2');
    expect(lines).toContain('spillway_standing_up 1');
  });

  it('is gone rather than old when it cannot be read, and all else is there', async () => {
    const text = await scraped(everything, () => Promise.reject(new Error('away')));
    expect(text).toContain('spillway_standing_up 0');
    expect(text).not.toMatch(/^spillway_workers /m);
    expect(text).not.toMatch(/^spillway_jobs_due/m);
    expect(text).toContain('spillway_releases_ended_total{as="rolledBack"} 1');
  });

  it('says which clusters there are: one that was removed is not reported unreachable for ever', async () => {
    const text = await scraped([], () => Promise.resolve(figures), [eu, us]);
    expect(text).toContain('spillway_cluster_unreachable_seconds{cluster="us"} 90');
    expect(text).not.toContain('cluster="eu"');
  });
});

it('shows for how long clusters have been away, and who waits for a connection', async () => {
  const lines = (await scraped([], () => Promise.reject(new Error('away')), [eu])).split('\n');
  expect(lines).toContain('spillway_cluster_state{cluster="eu",state="unreachable"} 1');
  expect(lines).toContain('spillway_cluster_state{cluster="eu",state="ready"} 0');
  expect(lines).toContain('spillway_cluster_unreachable_seconds{cluster="eu"} 90');
  expect(lines).toContain('spillway_database_waiting 1');
  expect(lines).toContain('spillway_writes_refused_total{cluster="eu"} 0');
});

it('watches the event loop from the first scrape on, and not before', async () => {
  expect(await scraped()).toContain('nodejs_eventloop_lag_p99_seconds');
});

describe('names', () => {
  const names = createMetrics('all').names();

  it('are all ours or those of Node.js, with their unit at the end', () => {
    expect(names.length).toBeGreaterThan(40);
    expect(names.filter((name) => !/^(?:spillway|nodejs|process)_[a-z0-9_]+$/.test(name))).toEqual(
      [],
    );
  });

  it('no label is without bound: no release, no service, no namespace', async () => {
    const labels = [...(await scraped(everything)).matchAll(/[{,](\w+)="/g)].map(
      ([, name]) => name,
    );
    expect(
      labels.filter((name) => /release|service|namespace|version|actor/.test(name ?? '')),
    ).toEqual(['version']);
  });
});
