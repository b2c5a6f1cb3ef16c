import { kinds, type ActKind } from './act/acts.js';
import { Dice } from './dice.js';

/** Something that happens at a moment of the night. What exactly is drawn from its own seed. */
export interface Action {
  readonly at: number;
  readonly kind: ActKind;
  readonly seed: number;
}

/** A night before it is lived through: all of it follows from this. */
export interface NightPlan {
  readonly seed: number;
  readonly clusters: number;
  readonly workers: number;
  readonly services: number;
  readonly actions: readonly Action[];
  /** What there is more of than of anything else. Empty: it was drawn. */
  readonly often: readonly ActKind[];
}

/** What a person can say of a night besides its seed: what is left of it. */
export interface Cut {
  readonly clusters?: number;
  readonly workers?: number;
  readonly services?: number;
  /** Numbers of the actions that happen. */
  readonly only?: readonly number[];
}

const sizes = [1, 2, 2, 2, 2, 3, 3, 5] as const;

/**
 * Draws a night. Few kinds of things happen in each, so that something can be far on its way before
 * another thing goes wrong; over many nights everything meets everything. `often` says which few.
 */
export function drawNight(seed: number, often: readonly ActKind[] = []): NightPlan {
  const dice = new Dice(seed * 2_654_435_761);
  const clusters = seed % 50 === 0 ? 50 : dice.one(sizes);
  const workers = 1 + dice.under(4);
  const services = clusters > 5 ? 1 : dice.one([1, 1, 2, 3]);
  const drawn = kinds.filter(() => dice.under(3) === 0);
  const usual = often.length === 0 ? drawn : often;
  const pace = dice.one([2_000, 5_000, 5_000, 15_000]);
  const actions: Action[] = [];
  for (let i = 0; i < services; i += 1) {
    actions.push({ at: 0, kind: 'start', seed: dice.under(2 ** 31) });
  }
  for (let i = 0, at = 0; i < 30; i += 1) {
    at += dice.under(pace);
    const kind = usual.length === 0 || dice.under(8) === 0 ? dice.one(kinds) : dice.one(usual);
    actions.push({ at, kind, seed: dice.under(2 ** 31) });
  }
  return { seed, clusters, workers, services, actions, often };
}

export function cutNight(plan: NightPlan, { only, ...sizesLeft }: Cut): NightPlan {
  const actions = plan.actions.filter((_, i) => only === undefined || only.includes(i));
  return { ...plan, ...sizesLeft, actions };
}
