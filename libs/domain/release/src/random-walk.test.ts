import type { Reading } from '@spillway/domain-analysis';
import { isServing } from '@spillway/domain-traffic';
import { after, duration, earliest, releaseId, type Instant } from '@spillway/kernel';
import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { advance } from './advance.js';
import { judgeAll } from './analysis.js';
import { deadCandidate } from './blockers.js';
import type { Order } from './command/order.js';
import type { ReleaseEvent } from './event.js';
import { doubtEnds } from './news.js';
import { isFinal } from './phase.js';
import type { Release } from './release.js';
import { behaving, passing, type Counting } from './testing/model-readings.js';
import { ModelWorld } from './testing/model-world.js';
import { clusterNames as names, somePlan } from './testing/some-plan.js';

const minute = 60_000;
const always =
  (reading: Reading): Counting =>
  () =>
    reading;

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

const someReading = fc.constantFrom<Counting>(
  passing,
  passing,
  behaving({ candidate: 0.1 }),
  // Within the bounds, and worse than stable.
  behaving({ candidate: 0.009 }),
  behaving({ candidate: 0.009 }),
  behaving({ candidate: 0.009, stable: 0.009 }),
  behaving({ requests: 1 }),
  behaving({ split: 0.7 }),
  behaving({ split: 0.7 }),
  always({ kind: 'empty' }),
  always({ kind: 'notANumber' }),
  always({ kind: 'error', message: 'down' }),
);
const someSampling = fc.constantFrom(
  { resolution: duration(0), lag: duration(0) },
  { resolution: duration(15_000), lag: duration(10_000) },
);
const mostly = <T>(usual: T, ...others: readonly T[]) =>
  fc.constantFrom(usual, usual, usual, ...others);

const another = releaseId('00000000-0000-4000-8000-000000000002');
const comment = 'looked at by hand';
const anOrder = fc.oneof(
  weighted(
    4,
    fc
      .constantFrom('pause', 'resume', 'promote', 'promoteFull', 'abort', 'restart')
      .map((verb): Order => ({ verb, comment })),
  ),
  weighted(2, fc.constant<Order>({ verb: 'skipStep', comment })),
  weighted(
    3,
    fc.nat({ max: 12 }).map((step): Order => ({ verb: 'jumpToStep', step, comment })),
  ),
);

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
    anOrder.map(
      (order): Move =>
        (world) =>
          void world.command(order),
    ),
  ),
  weighted(
    1,
    somePlan.map(
      (plan): Move =>
        (world) =>
          world.changeStrategy(plan),
    ),
  ),
  weighted(
    1,
    fc.nat({ max: 9 }).map((n): Move => (world) => {
      if (n === 0) world.supersede(another);
    }),
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
function restless({ release, wait, now, look, judge }: ModelWorld): readonly string[] {
  const seen = look();
  const wakeUp = earliest([wait.wakeUp, doubtEnds(release, seen, now)]);
  const eventsAt = (at: Instant) => advance(release, seen, judge, at).events.length;
  const soon = wakeUp === undefined ? after(now, 365 * 24 * 60 * minute) : after(wakeUp, -1);
  return [
    ...(eventsAt(now) > 0 ? ['another look gives another event'] : []),
    ...(eventsAt(soon) > 0 ? ['it would have moved before its wake-up'] : []),
    ...(wakeUp !== undefined && wakeUp <= now ? ['its wake-up has passed'] : []),
  ];
}

/** What speaks against the candidate has had its effect. */
function harm({ release, now, look, judge }: ModelWorld): readonly string[] {
  if (isFinal(release.phase) || release.phase === 'rollingBack') return [];
  const seen = look();
  const isFailed =
    release.phase !== 'paused' &&
    judgeAll(release, seen, judge, now).some(({ kind }) => kind === 'fail');
  return [
    ...(deadCandidate(release, seen) === undefined ? [] : ['a dead candidate keeps its traffic']),
    ...(isFailed ? ['a failed metric does not roll back'] : []),
  ];
}

/** What waits for somebody, though the world is well. */
const needsWord = ({ phase, paused, held }: Release): boolean =>
  (phase === 'paused' && paused?.until === undefined) ||
  held?.reason.kind === 'inconclusive' ||
  held?.reason.kind === 'splitNotInForce';

/** After the step that would have given it some was skipped, nothing can be measured of the candidate. */
const analyzesNothing = ({ phase, plan, cursor, rollouts }: Release): boolean =>
  phase === 'progressing' &&
  plan.steps[cursor.index]?.kind === 'analyze' &&
  !rollouts.some(({ desired }) => isServing(desired));

const isAtLimit = ({ held }: Release): boolean => held?.reason.kind === 'limitReached';

/** Everything works again, people resume what they paused, and give up claims if they must. */
function toTheEnd(world: ModelWorld): void {
  world.heal();
  world.reconcile();
  if (world.release.phase !== 'rollingBack') world.clear();
  for (let rounds = 0; rounds < 400 && !isFinal(world.release.phase); rounds += 1) {
    world.reconcile();
    world.restore();
    names.forEach((name) => world.write(name));
    world.measure();
    world.reconcile();
    if (needsWord(world.release)) world.command({ verb: 'resume', comment: '' });
    if (isAtLimit(world.release)) world.command({ verb: 'promote', comment: '' });
    if (analyzesNothing(world.release))
      world.command({ verb: 'skipStep', comment: 'it gets nothing' });
    world.pass(10_000);
  }
}

/** What walks have to come by, or they prove little. */
const wayOf = (event: ReleaseEvent): readonly string[] => {
  if (event.type === 'held') return [`held: ${event.reason.kind}`];
  if (event.type === 'waveTakenBack') return ['wave'];
  if (event.type === 'rollbackStarted' && / e = .*, stop at /.test(event.because)) return ['harm'];
  if (event.type === 'stepCompleted' && event.because.includes('are needed to find'))
    return ['found nothing in time'];
  if (event.type !== 'trafficShifted') return [];
  return event.traffic.clusters.flatMap(({ weight, routes, mirror }) => [
    ...(weight > 0 ? ['weight'] : []),
    ...(routes === undefined ? [] : ['routes']),
    ...(mirror === undefined ? [] : ['copies']),
  ]);
};

/** Others are walked by `WALK_SEED=…`; a failure names the seed of its walk. */
const seed = Number(process.env['WALK_SEED'] ?? 20_260_105);

it('keeps every promise on every walk, and ends once the world is well', () => {
  const ends = new Set<string>();
  const ways = new Set<string>();
  fc.assert(
    fc.property(
      somePlan,
      someSampling,
      fc.array(fc.tuple(aMove, fc.boolean()), { minLength: 20, maxLength: 80, size: 'max' }),
      (plan, sampling, moves) => {
        const world = new ModelWorld(plan, sampling);
        for (const [act, looks] of moves) {
          act(world);
          if (looks) rest(world);
        }
        toTheEnd(world);
        world.history.mustReplayTo(world.release);
        if (!isFinal(world.release.phase))
          throw new Error(`stuck in ${world.release.phase}: ${world.release.because}`);
        ends.add(world.release.phase);
        for (const event of world.history.events) wayOf(event).forEach((way) => ways.add(way));
      },
    ),
    { numRuns: 800, seed },
  );
  expect([...ends].sort()).toEqual(['cancelled', 'rolledBack', 'succeeded', 'superseded']);
  const often = ['copies', 'found nothing in time', 'harm', 'routes', 'wave', 'weight'];
  const holds = [
    'drift',
    'inconclusive',
    'limitReached',
    'noData',
    'noReadyEndpoints',
    'writeRefused',
  ];
  const expected = [...often, ...holds.map((kind) => `held: ${kind}`)];
  expect(expected.filter((way) => !ways.has(way))).toEqual([]);
});
