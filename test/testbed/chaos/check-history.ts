import { eventHash, noHash } from '@spillway/application/testing';
import type { ReleaseEvent } from '@spillway/domain-release';
import type { Told } from './scenario.js';

export interface EventRow {
  readonly release: string;
  readonly sequence: number;
  readonly event: ReleaseEvent;
  readonly hash: string;
}

/** What may not be in the history of a release, whatever is struck; each problem is a sentence. */
export function historyProblems(told: Told, rows: readonly EventRow[]): readonly string[] {
  const events = rows.map(({ event }) => event);
  const problems = [
    ...(told.endedRight ? [] : [`it ended ${told.phase}, which ${told.scenario} should not`]),
    ...gaps(rows),
    ...chainProblems(rows),
    ...repeated(events),
    ...disorder(events),
    ...tooMuch(events),
    ...lost(told, events),
  ];
  return problems.map((problem) => `release ${told.id}: ${problem}`);
}

const gaps = (rows: readonly EventRow[]): readonly string[] =>
  rows.every(({ sequence }, i) => sequence === i + 1)
    ? []
    : [`its events are ${rows.map(({ sequence }) => sequence).join()}`];

function chainProblems(rows: readonly EventRow[]): readonly string[] {
  let previous = noHash;
  return rows.flatMap(({ sequence, event, hash }) => {
    const isRight = eventHash(previous, event) === hash;
    previous = hash;
    return isRight ? [] : [`the hash of event ${sequence} is another one`];
  });
}

function repeated(events: readonly ReleaseEvent[]): readonly string[] {
  const of = (type: 'stepStarted' | 'stepCompleted'): readonly number[] =>
    events.flatMap((event) => (event.type === type && 'index' in event ? [event.index] : []));
  return (['stepStarted', 'stepCompleted'] as const).flatMap((type) => {
    const steps = of(type);
    const inOrder = steps.every((step, i) => step === i);
    return inOrder ? [] : [`${type} happened to ${steps.join()}`];
  });
}

const trafficOf = (event: ReleaseEvent) => ('traffic' in event ? [event.traffic] : []);

function disorder(events: readonly ReleaseEvent[]): readonly string[] {
  const generations = events.flatMap(trafficOf).map(({ generation }) => Number(generation));
  const rising = generations.every((one, i) => i === 0 || one > (generations[i - 1] ?? 0));
  return rising ? [] : [`its generations are ${generations.join()}`];
}

/** A weight that no step of its wave asks for up to then, or any once traffic was to be taken back. */
function tooMuch(events: readonly ReleaseEvent[]): readonly string[] {
  const created = events.find(({ type }) => type === 'created');
  if (created?.type !== 'created') return ['nobody created it'];
  const { steps, waves } = created.plan;
  const allowed = new Map<string, number>();
  const allow = (clusters: readonly string[], weight: number): void =>
    clusters.forEach((cluster) => void allowed.set(cluster, weight));
  return events.flatMap((event) => {
    const step = event.type === 'stepStarted' ? steps[event.index] : undefined;
    if (step?.kind === 'setWeight') allow(waves[step.wave] ?? [], step.weight);
    if (event.type === 'promotionStarted') allow(waves.flat(), 10_000);
    if (event.type === 'rollbackStarted') allow(waves.flat(), 0);
    return trafficOf(event)
      .flatMap(({ clusters }) => clusters)
      .filter(({ cluster, weight }) => weight > (allowed.get(cluster) ?? 0))
      .map(({ cluster, weight }) => {
        return `${cluster} gets ${weight} where ${allowed.get(cluster) ?? 0} is allowed`;
      });
  });
}

function lost({ accepted }: Told, events: readonly ReleaseEvent[]): readonly string[] {
  return accepted.flatMap(({ verb, comment }) => {
    const found = events.filter(({ because }) => because.includes(comment)).length;
    return found === 1 ? [] : [`its accepted ${verb} is ${found} times in its history`];
  });
}
