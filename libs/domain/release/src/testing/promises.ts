import type { MetricSpec } from '@spillway/domain-analysis';
import { unexposed, type Exposure, type Mirror } from '@spillway/domain-traffic';
import { EVERYTHING, NOTHING, type Instant } from '@spillway/kernel';
import { isTraffic } from '../traffic-step.js';
import { currentMetrics } from '../active-metrics.js';
import { loopActor } from '../advance.js';
import type { ReleaseEvent } from '../event.js';
import type { Observation } from '../observation.js';
import type { Plan, Step } from '../plan.js';
import type { Release } from '../release.js';

type GateStep = Extract<Step, { kind: 'gate' }>;

/** Throws when a promise of the release is broken; the message says which. */
export function must(condition: boolean, promise: string, release: Release): void {
  if (condition) return;
  const { phase, cursor, because } = release;
  throw new Error(`${promise} (${phase}, step ${cursor.index}, "${because}")`);
}

/** The end of a step or of the last bake, and what was seen then. */
interface Judged {
  readonly event: Extract<ReleaseEvent, { type: 'stepCompleted' | 'succeeded' }>;
  readonly before: Release;
  readonly seen?: Observation;
}

interface Completion extends Judged {
  readonly event: Extract<ReleaseEvent, { type: 'stepCompleted' }>;
  /** When the step began, or was resumed. */
  readonly since: Instant;
  readonly resumed: boolean;
}

/** A step is complete when what it asks for has happened, and not before. */
export function mustBeComplete(completion: Completion): void {
  const { event, before, resumed } = completion;
  const step = before.plan.steps[event.index];
  if (step === undefined) return must(false, 'a step that completes exists', before);
  if (isTraffic(step)) return mustHaveStep(completion, step);
  switch (step.kind) {
    case 'bake':
      return mustHaveSearched(completion, step);
    case 'gate':
      return must(hasPassed(before, step), 'a gate is passed', before);
    case 'pause':
      return must(resumed, 'a pause ends by being resumed', before);
    case 'analyze':
      if (isTakenAsDone(completion)) return mustBeUnseen(before);
      must(isPassed(event), 'an analysis is passed by every metric', before);
      return mustBeJudged(completion, step.metrics);
  }
}

/** By who resumes what had not the traffic that it needs. */
const isTakenAsDone = ({ before, event }: Completion): boolean =>
  before.held?.reason.kind === 'inconclusive' && event.actor !== loopActor;

function mustBeUnseen(before: Release): void {
  const texts = before.rollouts.map(({ desired }) => textOf(desired));
  const isUnseen = texts.every((text) => text === textOf(unexposed));
  must(isUnseen, 'only an analysis of what nobody sees is taken as done', before);
}

function mustHaveSearched(
  completion: Completion,
  { length, toFind, metrics }: Extract<Step, { kind: 'bake' }>,
): void {
  const { event, before, since } = completion;
  if (isTakenAsDone(completion)) return;
  if (toFind === undefined) must(event.at >= since + length, 'a bake takes its time', before);
  else must(event.because.includes('are needed to find'), 'a search says what it had', before);
  mustBeJudged(completion, metrics);
}

const hasPassed = ({ passedGates = [] }: Release, { wave, name }: GateStep): boolean =>
  passedGates.some((one) => one.gate === name && one.wave === wave);

const isPassed = ({ verdicts = [] }: Completion['event']): boolean =>
  verdicts.length > 0 && verdicts.every(({ kind }) => kind === 'pass');

function mustHaveStep({ before, seen }: Completion, step: Step): void {
  for (const rollout of before.rollouts) {
    if (rollout.wave !== step.wave) continue;
    const { cluster, desired, applied } = rollout;
    const isLost = seen?.clusters.get(cluster)?.kind === 'unreachable';
    const wanted = changedBy(step, desired);
    must(textOf(desired) === textOf(wanted), `${cluster} was told`, before);
    must(applied !== undefined || isLost, `${cluster} read back`, before);
  }
}

/**
 * What the candidate sees in a wave after this many steps of the plan: said here
 * once more, in other words than those that are tested.
 */
export const exposureBy = ({ steps }: Plan, wave: number, taken: number): Exposure =>
  steps
    .slice(0, taken)
    .filter((step) => step.wave === wave)
    .reduce((exposure, step) => changedBy(step, exposure), unexposed);

/** What a step makes of an exposure. */
export const changedBy = (step: Step, exposure: Exposure): Exposure => ({
  ...exposure,
  ...changeBy(step, exposure),
});

function changeBy(step: Step, { weight, routes = [] }: Exposure): object {
  const others = (name: string) => ({ routes: routes.filter((route) => route.name !== name) });
  if (step.kind === 'route') return { routes: [...others(step.route.name).routes, step.route] };
  if (step.kind === 'removeRoute') return others(step.name);
  if (step.kind === 'mirror') return weight > NOTHING ? {} : { mirror: step.mirror };
  if (step.kind !== 'setWeight') return {};
  return {
    weight: step.weight,
    ...(step.weight > NOTHING && { mirror: undefined }),
    ...(step.weight === EVERYTHING && { routes: [] }),
  };
}

/** The same for the same exposure; an empty list of routes is none. */
export const textOf = ({ weight, routes = [], mirror }: Exposure): string =>
  JSON.stringify([weight, routes, mirror]);

/** Whether an exposure has nothing that another one lacks. */
export const isNoMore = (one: Exposure, other: Exposure): boolean =>
  one.weight <= other.weight &&
  (one.routes ?? []).every((route) => textIn(other.routes ?? []).includes(JSON.stringify(route))) &&
  (one.mirror === undefined || isFewer(one.mirror, other.mirror));

const isFewer = (one: Mirror, other: Mirror | undefined): boolean =>
  other !== undefined &&
  one.share <= other.share &&
  (one.methods === 'safe' || other.methods === 'all');

const textIn = (routes: readonly object[]): readonly string[] =>
  routes.map((route) => JSON.stringify(route));

/** Nobody looked away: each cluster had what it was told to have, and each metric a measurement. */
function mustBeJudged({ event, before, seen }: Judged, metrics: readonly MetricSpec[]): void {
  const verdicts = event.verdicts ?? [];
  const measured = before.rollouts.filter(({ desired, applied, cluster }) => {
    const isLost = seen?.clusters.get(cluster)?.kind === 'unreachable';
    must(applied !== undefined || isLost, `${cluster} had its routing`, before);
    return applied !== undefined && seesAnything(desired);
  });
  must(verdicts.length === measured.length * metrics.length, 'every metric everywhere', before);
  const dry = metrics.filter(({ dryRun }) => dryRun === true).map(({ name }) => name);
  for (const { evidence } of verdicts) {
    // An analysis does not wait for what decides nothing.
    must(evidence.measured > 0 || dry.includes(evidence.metric), 'measured once', before);
  }
}

/** Copies count: the candidate's pods do their work on them. */
const seesAnything = ({ weight, routes = [], mirror }: Exposure): boolean =>
  weight > NOTHING || routes.length > 0 || mirror !== undefined;

export function mustHaveBaked(judged: Judged & { readonly since: Instant }): void {
  const { event, before, since } = judged;
  const { at } = event;
  const length = before.plan.bakeAfterPromotion?.length ?? 0;
  const isEverywhere = before.rollouts.every(({ desired }) => desired.weight === EVERYTHING);
  must(isEverywhere, 'success is 100 % everywhere', before);
  // Somebody waived the bake.
  if (before.isFull === true) return;
  must(length === 0 || at >= since + length, 'it baked to the end', before);
  mustBeJudged(judged, before.plan.bakeAfterPromotion?.metrics ?? []);
}

/** No rollback, pause or hold is for the sake of a metric that decides nothing. */
export function mustDecideWet(event: ReleaseEvent, before: Release): void {
  const { because, actor } = event;
  const isStop = ['rollbackStarted', 'paused', 'held'].includes(event.type);
  if (!isStop || actor !== loopActor) return;
  for (const { name, dryRun } of currentMetrics(before)) {
    must(dryRun !== true || !because.startsWith(`${name} in`), `${name} decides nothing`, before);
  }
}
