import {
  refusal,
  type ClusterName,
  type ErrorCode,
  type Instant,
  type Refusal,
  type ServiceName,
} from '@spillway/kernel';
import type { Tx } from '../port/unit-of-work.js';
import type { NewMeasurement, PushMeasurements } from './use-cases.js';

/** What is older says nothing about a release that goes on now, and would soon be forgotten. */
const oldestMs = 3_600_000;

/** By which the clock of who measures may be ahead. What such a measurement says counts when its moment has come. */
const skewMs = 5_000;

/** More than a person reads; the rest is counted. */
const mostShown = 20;

interface Fault {
  readonly code: ErrorCode;
  readonly field: string;
  readonly message: string;
  readonly next: string;
}

interface Known {
  readonly now: Instant;
  readonly clusters: ReadonlySet<ClusterName>;
  readonly services: ReadonlyMap<ServiceName, readonly ClusterName[]>;
}

/** Names every field that is wrong. The code and the next step are those of the first. */
export async function refuseMeasurements(
  tx: Tx,
  { measurements, form }: PushMeasurements,
): Promise<Refusal | undefined> {
  const known = await knownOf(tx, measurements);
  const faults = measurements.flatMap((measurement, index) => {
    const path = form === 'one' ? '' : `measurements[${index}].`;
    return faultsOf(measurement, known).map((fault) => ({ ...fault, field: path + fault.field }));
  });
  const [first] = faults;
  if (first === undefined) return undefined;
  const shown = faults.slice(0, mostShown).map(({ field, message }) => `${field}: ${message}`);
  const more = faults.length > mostShown ? ` (and ${faults.length - mostShown} more)` : '';
  return refusal(first.code, `${shown.join('; ')}${more}.`, first.next, first.field);
}

async function knownOf(tx: Tx, measurements: readonly NewMeasurement[]): Promise<Known> {
  const clusters = await tx.clusters.getAll([...new Set(measurements.map((one) => one.cluster))]);
  const services = new Map<ServiceName, readonly ClusterName[]>();
  for (const name of new Set(measurements.map((one) => one.service))) {
    const record = await tx.services.get(name);
    if (record !== undefined) services.set(name, record.clusters);
  }
  return { now: tx.now, clusters: new Set(clusters.map(({ name }) => name)), services };
}

function faultsOf(measurement: NewMeasurement, known: Known): readonly Fault[] {
  const { at = known.now } = measurement;
  return [...faultsOfPlace(measurement, known), ...faultsOfMoment(at, known.now)];
}

function faultsOfPlace(
  { cluster, service }: NewMeasurement,
  { clusters, services }: Known,
): readonly Fault[] {
  const isCluster = clusters.has(cluster);
  const places = services.get(service);
  const faults: Fault[] = [];
  if (!isCluster) faults.push(unknown('cluster', cluster));
  if (places === undefined) faults.push(unknown('service', service));
  if (isCluster && places?.includes(cluster) === false) {
    faults.push({
      code: 'INVALID_MEASUREMENT',
      field: 'cluster',
      message: `service "${service}" is not in cluster "${cluster}"`,
      next: `Name one of its clusters: ${places.join(', ')}.`,
    });
  }
  return faults;
}

const unknown = (what: 'cluster' | 'service', name: string): Fault => ({
  code: what === 'cluster' ? 'UNKNOWN_CLUSTER' : 'UNKNOWN_SERVICE',
  field: what,
  message: `there is no ${what} "${name}"`,
  next: `List them with "spillway ${what} list", or add it first. None of the measurements was taken.`,
});

function faultsOfMoment(at: Instant, now: Instant): readonly Fault[] {
  const wrong = whatIsWrong(at, now);
  if (wrong === undefined) return [];
  return [
    {
      code: 'INVALID_MEASUREMENT',
      field: 'at',
      message: `${new Date(at).toISOString()} ${wrong}`,
      next: 'Leave "at" out for the moment of arrival, or send within the hour. None of the measurements was taken.',
    },
  ];
}

function whatIsWrong(at: Instant, now: Instant): string | undefined {
  if (at > now + skewMs) return `is in the future; it is ${new Date(now).toISOString()} here`;
  return at < now - oldestMs ? 'is more than an hour ago' : undefined;
}
