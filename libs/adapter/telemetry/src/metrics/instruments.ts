import { isFinal, phases } from '@spillway/domain-release';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { buckets } from './buckets.js';

/** What is counted as it happens, in this process. `docs/guides/monitoring.md` lists all. */
export function createInstruments(registry: Registry) {
  const make = makers(registry);
  const instruments = { ...ofReleases(make), ...ofWork(make) };
  // From nought on, or the first of its kind would be no increase.
  for (const phase of phases.filter(isFinal)) instruments.ended.inc({ as: phase }, 0);
  return instruments;
}

export type Instruments = ReturnType<typeof createInstruments>;

const ofReleases = ({ counter, histogram }: Makers) => ({
  moved: counter('release_transitions_total', 'Releases that went from one phase to another.', [
    'from',
    'to',
  ]),
  ended: counter('releases_ended_total', 'Releases that ended, by how.', ['as']),
  held: counter('holds_total', 'Times that a release was held, by why.', ['reason']),
  judged: counter('verdicts_total', 'Looks at metrics, by what was concluded.', ['verdict']),
  writeRefused: counter(
    'writes_refused_total',
    'Writes that an API server would not have, each told once.',
    ['cluster'],
  ),
  driftFound: counter(
    'drift_found_total',
    'Times that somebody had changed routing, and whether it is written again unasked.',
    ['cluster', 'healed'],
  ),
  applied: histogram(
    'apply_seconds',
    'From a decision to a cluster having been seen to have it.',
    buckets.traffic,
    ['cluster', 'purpose'],
  ),
  distributed: histogram(
    'verify_seconds',
    'From a cluster having been seen to have it to all of its proxies having it.',
    buckets.traffic,
    ['cluster'],
  ),
  tookBack: histogram(
    'rollback_seconds',
    'From the decision to take traffic back to the last cluster having been seen without it.',
    buckets.traffic,
  ),
});

const ofWork = ({ counter, histogram }: Makers) => ({
  stepLateness: histogram(
    'step_lateness_seconds',
    'From the moment for which a look at a release was planned to what it decided being stored.',
    buckets.lateness,
  ),
  jobLateness: histogram(
    'job_lateness_seconds',
    'From the moment for which a job was planned to a worker taking it.',
    buckets.lateness,
    ['kind'],
  ),
  jobDuration: histogram(
    'job_duration_seconds',
    'How long jobs took, by how they ended. One that failed is tried again.',
    buckets.work,
    ['kind', 'outcome'],
  ),
  calls: counter('kubernetes_calls_total', 'Calls to API servers; of a watch its beginning.', [
    'cluster',
    'verb',
    'outcome',
  ]),
  callDuration: histogram(
    'kubernetes_call_seconds',
    'How long calls to API servers took; of a watch until it began.',
    buckets.call,
    ['cluster', 'verb'],
  ),
  queryDuration: histogram(
    'database_query_seconds',
    'How long statements took, of transactions and readings.',
    buckets.query,
    ['outcome'],
  ),
});

/** Constructors that know the registry and the prefix. */
export const makers = (registry: Registry) => {
  const registers = [registry];
  const spec = <Label extends string>(name: string, help: string, labels: readonly Label[]) => ({
    name: `spillway_${name}`,
    help,
    labelNames: labels,
    registers,
  });
  return {
    counter: <Label extends string>(name: string, help: string, labels: readonly Label[] = []) =>
      new Counter<Label>(spec(name, help, labels)),
    gauge: <Label extends string>(name: string, help: string, labels: readonly Label[] = []) =>
      new Gauge<Label>(spec(name, help, labels)),
    histogram: <Label extends string>(
      name: string,
      help: string,
      bounds: readonly number[],
      labels: readonly Label[] = [],
    ) => new Histogram<Label>({ ...spec(name, help, labels), buckets: [...bounds] }),
  };
};

export type Makers = ReturnType<typeof makers>;
