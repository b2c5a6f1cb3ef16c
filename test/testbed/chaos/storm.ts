import { setTimeout as pause } from 'node:timers/promises';
import type { Dice } from '../../simulation/dice.js';
import type { Fault, Kind, Outage, Target } from './target.js';

/** Of a hundred signals. What starts slowly is killed seldom, or it would never be there to be hit. */
const odds: readonly (readonly [Kind, Fault, number])[] = [
  ['worker', 'kill', 11],
  ['worker', 'stop', 37],
  ['writer', 'kill', 3],
  ['writer', 'stop', 13],
  ['api', 'kill', 6],
  ['api', 'stop', 14],
  ['postgres', 'kill', 4],
  ['postgres', 'restart', 2],
  ['apiServer', 'kill', 4],
  ['apiServer', 'stop', 6],
];

export interface StormOptions {
  readonly targets: readonly Target[];
  readonly dice: Dice;
  readonly strikes: number;
  /** In how long all of them should have fallen. */
  readonly withinMs: number;
}

/** Random signals to whatever is up. The dice choose whom and how; when each falls depends on the machine. */
export class Storm {
  readonly outages: Outage[] = [];
  /** Signals so far. */
  strikes = 0;
  /** When the last target was of use again. */
  endedAt = 0;

  constructor(private readonly options: StormOptions) {}

  /** Resolves when all have fallen and everything is up again. */
  async rage(): Promise<void> {
    const { dice, strikes, withinMs } = this.options;
    const recovering = new Set<Promise<void>>();
    const meanGap = withinMs / strikes;
    let failure: unknown;
    const beganAt = Date.now();
    while (this.strikes < strikes) {
      if (failure !== undefined) throw failure;
      // Catches up with what could not be struck while too much was down.
      const isBehind = Date.now() > beganAt + this.strikes * meanGap;
      await pause(dice.under(isBehind ? meanGap / 4 : 2 * meanGap));
      const [target, fault] = this.choice();
      if (target === undefined) continue;
      this.strikes += 1;
      const recovered: Promise<void> = this.strike(target, fault)
        .catch((error: unknown) => void (failure = error))
        .finally(() => recovering.delete(recovered));
      recovering.add(recovered);
    }
    await Promise.all(recovering);
    if (failure !== undefined) throw failure;
    this.endedAt = Date.now();
  }

  private async strike(target: Target, fault: Fault): Promise<void> {
    const { kind, name } = target;
    const from = Date.now();
    await target.strike(fault, this.options.dice);
    this.outages.push({ kind, name, fault, from, to: Date.now() });
  }

  private choice(): readonly [Target | undefined, Fault] {
    const { dice, targets } = this.options;
    let left = dice.under(100);
    const [kind, fault] = odds.find(([, , share]) => (left -= share) < 0) ?? odds[0]!;
    const up = targets.filter((target) => target.isUp());
    const chosen = up.filter((target) => target.kind === kind);
    // Where starting takes long, a storm in which nobody is ever up would show nothing.
    const isEnough = up.length <= targets.length / 2;
    return [isEnough || chosen.length === 0 ? undefined : dice.one(chosen), fault];
  }
}

/** How long of [from, to] nobody could have done anything in a cluster: no database, no API server, or no worker. */
export function blockedMs(
  outages: readonly Outage[],
  cluster: string,
  workers: number,
  [from, to]: readonly [number, number],
): number {
  const edges = [from, to, ...outages.flatMap((outage) => [outage.from, outage.to])]
    .filter((at) => at >= from && at <= to)
    .sort((a, b) => a - b);
  let blocked = 0;
  for (let i = 1; i < edges.length; i += 1) {
    const [begin = 0, end = 0] = edges.slice(i - 1, i + 1);
    const down = outages.filter((outage) => outage.from <= begin && outage.to >= end);
    const isDown = (kind: Kind, name?: string): number =>
      new Set(
        down
          .filter((one) => one.kind === kind && (name ?? one.name) === one.name)
          .map((one) => one.name),
      ).size;
    const nobody =
      isDown('postgres') > 0 || isDown('apiServer', cluster) > 0 || isDown('worker') >= workers;
    if (nobody) blocked += end - begin;
  }
  return blocked;
}
