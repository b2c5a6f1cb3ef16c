import { expect, it } from '@jest/globals';
import { after } from '@spillway/kernel';
import fc from 'fast-check';
import type { Order } from '../command/index.js';
import { isFinal } from '../phase.js';
import { gated, someGates } from '../testing/model-gates.js';
import { ModelWorld } from '../testing/model-world.js';
import { clusterNames, somePlan } from '../testing/some-plan.js';

const minute = 60_000;
const people = ['ben', 'eve', 'kim'] as const;
type Move = (world: ModelWorld) => void;

const gatedPlan = fc
  .tuple(
    somePlan,
    fc.array(fc.tuple(fc.nat({ max: 20 }), fc.constantFrom(...someGates)), {
      minLength: 1,
      maxLength: 3,
    }),
  )
  .map(([plan, places]) => gated(plan, places));

const work: Move = (world) => {
  for (const name of clusterNames) world.write(name);
  world.reconcile();
  world.pass(30_000);
  world.measure();
};
const handGates = (world: ModelWorld): readonly string[] =>
  world.release.plan.steps.flatMap((step) =>
    step.kind === 'gate' && 'manual' in step ? [step.name] : [],
  );
const setHands =
  (state: 'open' | 'closed'): Move =>
  (world) => {
    for (const name of handGates(world)) world.gates.manual.set(name, state);
  };
const approve =
  (by: string): Move =>
  (world) =>
    world.say(by, 'approve', world.gates.approval(world.release, by, world.now));
const reject =
  (by: string): Move =>
  (world) =>
    world.say(by, 'reject', world.gates.rejection(world.release, by));
const override: Move = (world) => {
  const { release, gates, now } = world;
  if (!isFinal(release.phase)) world.say('kim', 'override', gates.override(release, now));
};
const freeze =
  (clusters: readonly (typeof clusterNames)[number][], ms?: number): Move =>
  (world) => {
    const until = ms === undefined ? {} : { until: after(world.now, ms) };
    world.gates.freezes = [{ window: 'w', clusters, because: '', ...until }];
  };
const thaw: Move = (world) => void (world.gates.freezes = []);
const openBack: Move = (world) => void world.gates.manual.set('back', 'open');

const someOrder = fc.oneof(
  fc
    .constantFrom('promote', 'promoteFull', 'skipStep', 'resume', 'pause', 'restart')
    .map((verb): Order => ({ verb, comment: 'x' })),
  fc.nat({ max: 12 }).map((step): Order => ({ verb: 'jumpToStep', step, comment: 'x' })),
);
const aMove: fc.Arbitrary<Move> = fc.oneof(
  { weight: 10, arbitrary: fc.constant(work) },
  { weight: 4, arbitrary: fc.constantFrom(...people).map(approve) },
  { weight: 3, arbitrary: fc.constantFrom(setHands('open'), setHands('closed'), thaw, override) },
  { weight: 2, arbitrary: fc.subarray(clusterNames).map((some) => freeze(some, 5 * minute)) },
  { weight: 1, arbitrary: fc.subarray(clusterNames).map((some) => freeze(some)) },
  {
    weight: 3,
    arbitrary: someOrder.map(
      (order): Move =>
        (world) =>
          void world.command(order),
    ),
  },
  {
    weight: 1,
    arbitrary: gatedPlan.map(
      (plan): Move =>
        (world) =>
          world.changeStrategy(plan),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.nat({ max: 9 }).map((n) => (n === 0 ? openBack : n === 1 ? reject('ben') : work)),
  },
);

const needsWord = ({ release: { phase, paused, held } }: ModelWorld): boolean =>
  ['inconclusive', 'splitNotInForce'].includes(held?.reason.kind ?? '') ||
  (phase === 'paused' && paused?.until === undefined);

/** Everybody agrees to everything. */
function toTheEnd(world: ModelWorld): void {
  world.heal();
  for (let rounds = 0; rounds < 500 && !isFinal(world.release.phase); rounds += 1) {
    work(world);
    thaw(world);
    setHands('open')(world);
    for (const by of people) if (!isFinal(world.release.phase)) approve(by)(world);
    if (needsWord(world)) world.command({ verb: 'resume', comment: '' });
    const isAtLimit = world.release.held?.reason.kind === 'limitReached';
    if (isAtLimit) world.command({ verb: 'promote', comment: '' });
  }
}

/** Others are walked by `WALK_SEED=…`; a failure names the seed of its walk. */
const seed = Number(process.env['WALK_SEED'] ?? 20_260_105);

it('passes no gate without its approvals, and raises nothing in a freeze, on any walk', () => {
  const ways = new Set<string>();
  fc.assert(
    fc.property(
      gatedPlan,
      fc.array(aMove, { minLength: 20, maxLength: 60, size: 'max' }),
      (plan, moves) => {
        const world = new ModelWorld(plan);
        for (const act of moves) act(world);
        toTheEnd(world);
        world.history.mustReplayTo(world.release);
        if (!isFinal(world.release.phase))
          throw new Error(`stuck in ${world.release.phase}: ${world.release.because}`);
        ways.add(world.release.phase);
        for (const event of world.history.events) {
          ways.add(event.type === 'held' ? `held: ${event.reason.kind}` : event.type);
        }
      },
    ),
    { numRuns: 300, endOnFailure: true, seed },
  );
  const expected = ['gateReached', 'gatePassed', 'approvalsVoided', 'rejected'];
  const others = ['freezeOverridden', 'held: frozen', 'succeeded', 'rolledBack'];
  expect([...expected, ...others].filter((way) => !ways.has(way))).toEqual([]);
});

it('goes back at any moment in a freeze, with every gate closed', () => {
  fc.assert(
    fc.property(gatedPlan, fc.array(aMove, { maxLength: 40 }), (plan, moves) => {
      const world = new ModelWorld(plan);
      for (const act of moves) act(world);
      freeze(clusterNames)(world);
      setHands('closed')(world);
      world.heal();
      world.command({ verb: 'abort', comment: '' });
      for (let rounds = 0; rounds < 20; rounds += 1) work(world);
      const { phase, rollouts } = world.release;
      if (phase === 'succeeded') return;
      expect(['rolledBack', 'cancelled']).toContain(phase);
      expect(rollouts.every(({ desired }) => desired.weight === 0)).toBe(true);
    }),
    { numRuns: 150, endOnFailure: true },
  );
});
