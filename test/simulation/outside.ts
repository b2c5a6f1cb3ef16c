import { aHook } from '@spillway/domain-release/testing';
import { NOTHING, duration, type Instant } from '@spillway/kernel';
import type { Hook, Release, ReleaseEvent } from '@spillway/domain-release';
import type { ScriptedEndpoint } from '@spillway/application/testing';
import { expect } from '@jest/globals';
import type { VirtualEngine } from '../virtual/virtual-engine.js';
import type { Dice } from './dice.js';

const every = { timeout: duration(3_000), interval: duration(5_000) };

const all: readonly Hook[] = [
  aHook({ ...every, name: 'confirm', point: 'confirm-rollout' }),
  aHook({ ...every, name: 'smoke', point: 'pre-rollout', failureLimit: 50 }),
  aHook({ ...every, name: 'increase', point: 'confirm-traffic-increase' }),
  aHook({ ...every, name: 'promotion', point: 'confirm-promotion', retries: 2 }),
  aHook({ ...every, name: 'load', point: 'rollout', failureLimit: 20 }),
  aHook({ ...every, name: 'stop', point: 'rollback' }),
  aHook({ ...every, name: 'told', point: 'event' }),
  aHook({ ...every, name: 'done', point: 'post-rollout' }),
].map((hook) => ({ ...hook, url: `https://${hook.name}.test/` }));

/** Some of every kind of hook, in half of the nights none. */
export const someHooks = (dice: Dice): readonly Hook[] =>
  dice.under(2) === 0 ? [] : all.filter(() => dice.under(2) === 1);

const whims: readonly ScriptedEndpoint[] = [
  { status: 200 },
  { status: 202 },
  { status: 403 },
  { status: 500 },
  { status: 503 },
  'hangs',
  'closes',
  'forbidden',
];

interface Answer {
  readonly url: string;
  readonly at: Instant;
  readonly agrees: boolean;
}

/** The servers of the hooks of a night: each does now this, now that, and what it said is known. */
export class Outside {
  readonly answers: Answer[] = [];
  private readonly now = new Map<string, ScriptedEndpoint>();

  constructor(private readonly engine: VirtualEngine) {
    for (const { url } of all) engine.outgoing.at(url, () => this.answer(url));
    this.heal();
  }

  /** Another mood of one of them; nobody asks for a rollback by chance in every night. */
  turn(dice: Dice): void {
    const { url, point } = dice.one(all);
    const whim = dice.one(whims);
    const isStop = point === 'rollback' && typeof whim === 'object' && whim.status < 203;
    if (!isStop || dice.under(4) === 0) this.now.set(url, whim);
  }

  /** Everybody agrees, and nobody wants a rollback. */
  heal(): void {
    for (const { url, point } of all) {
      this.now.set(url, { status: point === 'rollback' ? 403 : 200 });
    }
  }

  private answer(url: string): ScriptedEndpoint {
    const whim = this.now.get(url) ?? 'closes';
    const agrees = typeof whim === 'object' && whim.status <= 202;
    this.answers.push({ url, at: this.engine.time.now(), agrees });
    return whim;
  }
}

/** Nothing was ever increased without the word of every hook that has a say, given to that increase. */
export function checkHooks(
  { plan }: Release,
  events: readonly ReleaseEvent[],
  answers: readonly Answer[],
): void {
  const shifts = events.filter((event) => 'traffic' in event);
  for (const [i, shift] of shifts.entries()) {
    if (shift.type !== 'trafficShifted') continue;
    if (shift.traffic.clusters.every(({ weight }) => weight === NOTHING)) continue;
    const since = shifts[i - 1]?.at ?? 0;
    for (const { point, url } of plan.hooks ?? []) {
      if (point !== 'confirm-traffic-increase') continue;
      const words = answers.filter((one) => one.url === url && one.at <= shift.at);
      expect(words.some(({ at, agrees }) => agrees && at >= since)).toBe(true);
    }
  }
}
