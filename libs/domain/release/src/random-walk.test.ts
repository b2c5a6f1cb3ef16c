import { judgeByThreshold, type Reading } from '@spillway/domain-analysis';
import {
  EVERYTHING,
  after,
  basisPoints,
  clusterName,
  duration,
  earliest,
  type Instant,
} from '@spillway/kernel';
import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { advance } from './advance.js';
import { judgeAll } from './analysis.js';
import { releaseVerbs } from './command.js';
import { doubtEnds } from './news.js';
import { isFinal } from './phase.js';
import type { Plan, Step } from './plan.js';
import { deadCandidate } from './blockers.js';
import { aMetric } from './testing/index.js';
import { ModelWorld, passing } from './testing/model-world.js';

const names = ['eu', 'us', 'ap'].map(clusterName);
const minute = 60_000;
const value = (candidate: number, requests = 100): Reading => ({
  kind: 'value',
  candidate: { value: candidate, requests },
});

const aPolicy = fc.constantFrom(
  { kind: 'ignore' } as const,
  { kind: 'fail' } as const,
  { kind: 'hold', deadline: duration(3 * minute), then: 'pause' } as const,
  { kind: 'hold', deadline: duration(3 * minute), then: 'rollback' } as const,
);
const someMetrics = fc
  .array(
    fc.record({
      noData: aPolicy,
      failureLimit: fc.nat({ max: 1 }),
      consecutiveErrorLimit: fc.nat({ max: 1 }),
    }),
    { maxLength: 2 },
  )
  .map((all) =>
    all.map((limits, i) =>
      aMetric({
        ...limits,
        name: `m${i}`,
        count: 2,
        interval: duration(30_000),
        window: duration(30_000),
      }),
    ),
  );

/** What may come between two weights. */
const someSteps: fc.Arbitrary<(wave: number) => Step> = fc.oneof(
  someMetrics.map((metrics) => (wave: number): Step => {
    return { wave, kind: 'bake', length: duration(2 * minute), metrics };
  }),
  fc.constantFrom({}, { length: duration(minute) }).map((length) => (wave: number): Step => {
    return { wave, kind: 'pause', ...length };
  }),
  someMetrics
    .filter(({ length }) => length > 0)
    .map((metrics) => (wave: number): Step => ({ wave, kind: 'analyze', metrics })),
);

/** Waves, rising weights with something after each, and 100 % at the end of every wave. */
const somePlan: fc.Arbitrary<Plan> = fc
  .record({
    isWaved: fc.boolean(),
    weights: fc.uniqueArray(fc.constantFrom(1, 500, 2_550, 5_000), { maxLength: 2 }),
    between: fc.array(someSteps, { minLength: 3, maxLength: 3 }),
    maxUnavailableClusters: fc.nat({ max: 1 }),
    last: fc.option(someMetrics, { nil: undefined }),
  })
  .map(({ isWaved, weights, between, maxUnavailableClusters, last }) => {
    const waves = isWaved ? [names.slice(0, 1), names.slice(1)] : [names];
    const rising = [...weights.toSorted((a, b) => a - b), EVERYTHING].map(basisPoints);
    const steps = waves.flatMap((_, wave) =>
      rising.flatMap((weight, i): Step[] => {
        const next = between[i];
        const set: Step = { wave, kind: 'setWeight', weight };
        return next === undefined ? [set] : [set, next(wave)];
      }),
    );
    return {
      waves,
      steps,
      maxUnavailableClusters,
      ...(last === undefined
        ? {}
        : { bakeAfterPromotion: { length: duration(2 * minute), metrics: last } }),
    };
  });

type Move = (world: ModelWorld) => void;
const aCluster = fc.constantFrom(...names);
const change = (how: fc.Arbitrary<Parameters<ModelWorld['change']>[1]>): fc.Arbitrary<Move> =>
  fc.tuple(aCluster, how).map(
    ([name, to]): Move =>
      (world) =>
        world.change(name, to),
  );
const weighted = <T>(weight: number, arbitrary: fc.Arbitrary<T>) => ({ weight, arbitrary });

/** A good while of what goes on all the time. */
const work: Move = (world) => {
  for (const name of names) world.write(name);
  rest(world);
  world.pass(30_000);
  world.measure();
};

const someReading = fc.constantFrom<Reading>(
  passing,
  passing,
  value(90),
  value(99.9, 1),
  { kind: 'empty' },
  { kind: 'notANumber' },
  { kind: 'error', message: 'down' },
);
const mostly = <T>(usual: T, ...others: readonly T[]) =>
  fc.constantFrom(usual, usual, usual, ...others);

const aMove: fc.Arbitrary<Move> = fc.oneof(
  weighted(12, fc.constant(work)),
  weighted(
    3,
    aCluster.map(
      (name): Move =>
        (world) =>
          world.write(name),
    ),
  ),
  weighted(
    3,
    fc.constantFrom(1, 1_000, minute, 5 * minute).map(
      (ms): Move =>
        (world) =>
          world.pass(ms),
    ),
  ),
  weighted(
    2,
    fc.constant<Move>((world) => world.measure()),
  ),
  weighted(
    2,
    someReading.map(
      (reading): Move =>
        (world) =>
          void (world.reading = reading),
    ),
  ),
  weighted(
    1,
    fc.constantFrom(...releaseVerbs).map(
      (verb): Move =>
        (world) =>
          void world.command(verb),
    ),
  ),
  weighted(1, change(fc.record({ link: mostly('reachable', 'unreachable', 'connecting') }))),
  weighted(
    1,
    change(fc.record({ candidateEndpoints: mostly<number | undefined>(3, 0, undefined) })),
  ),
  weighted(1, change(fc.record({ stableEndpoints: mostly<number | undefined>(3, 0, undefined) }))),
  weighted(
    1,
    change(fc.constantFrom({ holds: undefined }, { holds: undefined, route: undefined })),
  ),
  weighted(1, change(fc.record({ isForeign: mostly(false, true) }))),
  weighted(1, change(fc.record({ refusesWrites: mostly(false, true) }))),
);

/** Looks, and checks what has to be true whenever the loop has come to rest. */
function rest(world: ModelWorld): void {
  const { phase: before } = world.release;
  world.reconcile();
  // Whether there is anything to take back is seen by the look that follows the decision.
  if (world.release.phase === 'rollingBack' && before !== 'rollingBack') world.reconcile();
  const found = [...restless(world), ...harm(world)];
  const { phase, because } = world.release;
  if (found.length > 0) throw new Error(`${found.join('; ')} (${phase}: ${because})`);
}

/** Looking again changes nothing: neither at once nor before the moment that it gave. */
function restless({ release, wait, now, look }: ModelWorld): readonly string[] {
  const seen = look();
  const wakeUp = earliest([wait.wakeUp, doubtEnds(release, seen, now)]);
  const eventsAt = (at: Instant) => advance(release, seen, judgeByThreshold, at).events.length;
  const soon = wakeUp === undefined ? after(now, 365 * 24 * 60 * minute) : after(wakeUp, -1);
  return [
    ...(eventsAt(now) > 0 ? ['another look gives another event'] : []),
    ...(eventsAt(soon) > 0 ? ['it would have moved before its wake-up'] : []),
    ...(wakeUp !== undefined && wakeUp <= now ? ['its wake-up has passed'] : []),
  ];
}

/** What speaks against the candidate has had its effect. */
function harm({ release, now, look }: ModelWorld): readonly string[] {
  if (isFinal(release.phase) || release.phase === 'rollingBack') return [];
  const seen = look();
  const isFailed =
    release.phase !== 'paused' &&
    judgeAll(release, seen, judgeByThreshold, now).some(({ kind }) => kind === 'fail');
  return [
    ...(deadCandidate(release, seen) === undefined ? [] : ['a dead candidate keeps its traffic']),
    ...(isFailed ? ['a failed metric does not roll back'] : []),
  ];
}

/** Everything works again, people resume what they paused, and give up claims if they must. */
function toTheEnd(world: ModelWorld): void {
  world.heal();
  world.reconcile();
  if (world.release.phase !== 'rollingBack') world.clear();
  for (let rounds = 0; rounds < 400 && !isFinal(world.release.phase); rounds += 1) {
    world.reconcile();
    names.forEach((name) => world.write(name));
    world.measure();
    world.reconcile();
    if (world.release.phase === 'paused' && world.release.paused?.until === undefined)
      world.command('resume');
    world.pass(10_000);
  }
}

it('keeps every promise on every walk, and ends once the world is well', () => {
  const ends = new Set<string>();
  fc.assert(
    fc.property(
      somePlan,
      fc.array(fc.tuple(aMove, fc.boolean()), { minLength: 20, maxLength: 80, size: 'max' }),
      (plan, moves) => {
        const world = new ModelWorld(plan);
        for (const [act, looks] of moves) {
          act(world);
          if (looks) rest(world);
        }
        toTheEnd(world);
        world.history.mustReplayTo(world.release);
        if (!isFinal(world.release.phase))
          throw new Error(`stuck in ${world.release.phase}: ${world.release.because}`);
        ends.add(world.release.phase);
      },
    ),
    { numRuns: 2_000 },
  );
  expect([...ends].sort()).toEqual(['cancelled', 'rolledBack', 'succeeded']);
});
