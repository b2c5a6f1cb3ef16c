import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ReleaseEvent } from '../event.js';
import { aHook } from '../testing/a-hook.js';
import { ModelWorld } from '../testing/model-world.js';
import { clusterNames, somePlan } from '../testing/some-plan.js';
import { isFinal } from '../phase.js';
import { hookPoints, type HookAnswer, type HookOutcome } from './hook.js';
import { mayBeAsked } from './hook-harm.js';
import { slotOf } from './hook-slot.js';

const hooks = hookPoints.map((point) => aHook({ name: point, point, failureLimit: 20 }));

type Move =
  | { readonly kind: 'work' }
  | { readonly kind: 'answer'; readonly hook: number; readonly outcome: HookOutcome };

const aMove: fc.Arbitrary<Move> = fc.oneof(
  { weight: 2, arbitrary: fc.constant<Move>({ kind: 'work' }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('answer' as const),
      hook: fc.nat({ max: hooks.length - 1 }),
      outcome: fc.constantFrom<HookOutcome>('open', 'open', 'open', 'open', 'closed', 'unanswered'),
    }),
  },
);

/** A release whose hooks answer at random; nobody asks for a rollback. */
class HookedWorld extends ModelWorld {
  readonly answers: HookAnswer[] = [];

  constructor(plan: ConstructorParameters<typeof ModelWorld>[0]) {
    super({ ...plan, hooks });
    const seen = this.gates.seen.bind(this.gates);
    this.gates.seen = (release) => ({ ...seen(release), hookAnswers: this.answers });
  }

  take(move: Move): void {
    if (move.kind === 'answer') this.answer(move.hook, move.outcome);
    else {
      for (const name of clusterNames) this.write(name);
      this.pass(30_000);
      this.measure();
    }
    this.reconcile();
  }

  private answer(index: number, outcome: HookOutcome): void {
    const hook = hooks[index];
    if (hook === undefined || !mayBeAsked(hook, this.release)) return;
    const isStop = hook.point === 'rollback' && outcome === 'open';
    const slot = slotOf(hook, this.release);
    this.answers.push({
      hook: hook.name,
      slot,
      outcome: isStop ? 'closed' : outcome,
      detail: '',
      at: this.now,
      times: 1,
    });
  }
}

const agreed = (answers: readonly HookAnswer[], hook: string, slot: string, by: number) =>
  answers.some(
    (one) => one.hook === hook && one.slot === slot && one.outcome === 'open' && one.at <= by,
  );

/** Who gave its word before the candidate got this; said once more, in other words. */
function mustBeAllowed(event: ReleaseEvent, answers: readonly HookAnswer[]): void {
  if (event.type !== 'trafficShifted') return;
  if (event.traffic.clusters.every(({ weight }) => weight === 0)) return;
  const slot = `g${event.traffic.generation - 1}`;
  expect(agreed(answers, 'confirm-rollout', 'once', event.at)).toBe(true);
  expect(agreed(answers, 'pre-rollout', 'once', event.at)).toBe(true);
  expect(agreed(answers, 'confirm-traffic-increase', slot, event.at)).toBe(true);
}

it('gives the candidate nothing that a hook has not agreed to, whatever the hooks answer', () => {
  let shifted = 0;
  fc.assert(
    fc.property(somePlan, fc.array(aMove, { minLength: 60, maxLength: 150 }), (plan, moves) => {
      const world = new HookedWorld(plan);
      for (const move of moves) world.take(move);
      for (const event of world.history.events) {
        mustBeAllowed(event, world.answers);
        shifted += Number(event.type === 'trafficShifted');
      }
    }),
    { numRuns: 25, seed: 1 },
  );
  expect(shifted).toBeGreaterThan(5);
});

it('goes back at once when a hook asks for it, whatever else hooks answered', () => {
  fc.assert(
    fc.property(somePlan, fc.array(aMove, { maxLength: 60 }), (plan, moves) => {
      const world = new HookedWorld(plan);
      for (const move of moves) world.take(move);
      const [stop] = hooks.filter(({ point }) => point === 'rollback');
      if (stop === undefined || !mayBeAsked(stop, world.release)) return;
      const detail = 'it answered 200';
      world.answers.push({
        hook: stop.name,
        slot: 'once',
        outcome: 'open',
        detail,
        at: world.now,
        times: 1,
      });
      world.reconcile();
      expect(world.release.phase === 'rollingBack' || isFinal(world.release.phase)).toBe(true);
    }),
    { numRuns: 50, seed: 2 },
  );
});
