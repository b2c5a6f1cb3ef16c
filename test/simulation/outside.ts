import type { OutgoingAnswer, OutgoingRequest } from '@spillway/application';
import type {
  ScriptedEndpoint,
  ScriptedOutgoing,
  VirtualClock,
} from '@spillway/application/testing';
import type { Hook } from '@spillway/domain-release';
import { aHook } from '@spillway/domain-release/testing';
import { after, duration, type Instant } from '@spillway/kernel';
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

/** Some of every kind of hook, in most nights none. */
export const someHooks = (dice: Dice): readonly Hook[] =>
  dice.under(3) > 0 ? [] : all.filter(() => dice.under(2) === 1);

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

/** What a server said, and when. */
export interface HookWord {
  readonly url: string;
  readonly at: Instant;
  readonly agrees: boolean;
}

/** The servers of the hooks of a night: each does now this, now that, and what it said is known. */
export class Outside {
  readonly words: HookWord[] = [];
  private readonly now = new Map<string, ScriptedEndpoint>();

  constructor(
    private readonly site: { readonly outgoing: ScriptedOutgoing; readonly time: VirtualClock },
  ) {
    for (const { url } of all) site.outgoing.at(url, () => this.answer(url));
    this.heal();
  }

  /** Who hangs does so for as long as the caller waits. */
  async call(request: OutgoingRequest): Promise<OutgoingAnswer> {
    const { outgoing, time } = this.site;
    const answer = await outgoing.call(request);
    const isLate = answer.kind === 'failed' && answer.why === 'timeOut';
    if (isLate) await time.sleepUntil(after(time.now(), request.timeoutMs));
    return answer;
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
    this.words.push({ url, at: this.site.time.now(), agrees });
    return whim;
  }
}
