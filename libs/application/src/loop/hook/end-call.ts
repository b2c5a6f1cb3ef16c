import { isTold, type Hook } from '@spillway/domain-release';
import { after } from '@spillway/kernel';
import { retryDelay } from '../../outgoing/retry-delay.js';
import type { HookCall } from '../../port/hook-call-store.js';
import type { Tx } from '../../port/unit-of-work.js';
import type { LoopDeps } from '../deps.js';
import type { BegunCall } from './begin-call.js';
import type { Outcome } from './hook-outcome.js';

/** As Flagger waits between attempts. */
const asking = { firstMs: 1_000, maxMs: 30_000 };
/** Nobody waits for those who are told, and they are told at least once: about an hour of attempts. */
const telling = { firstMs: 1_000, maxMs: 600_000 };
const toldRetries = 14;

/**
 * Notes what came of a call, and wakes who waits for it. A worker that stood still for
 * long may end a call that another has repeated or ended since: that is no news.
 */
export async function endCall(
  tx: Tx,
  { chance }: Pick<LoopDeps, 'chance'>,
  { release, hook, call, before }: BegunCall,
  { isPassing, ...outcome }: Outcome,
  tookMs: number,
): Promise<void> {
  const job = { kind: 'hook', release, hook: hook.name } as const;
  const told = isTold(hook);
  const [current] = await tx.hookCalls.last(release, hook.name, 1);
  if (current === undefined || !isUnderWay(current, call)) return;
  if (isPassing && call.attempts <= retriesOf(hook)) {
    const delay = retryDelay(call.attempts, told ? telling : asking, chance());
    const retryAt = after(tx.now, delay);
    await tx.hookCalls.put(release, { ...call, detail: outcome.detail, tookMs, retryAt });
    await tx.jobs.enqueue(job, retryAt);
    return;
  }
  const ended: HookCall = { ...call, ...outcome, at: tx.now, tookMs };
  if (before !== undefined && !told && isSame(before, ended)) {
    await tx.hookCalls.remove(release, hook.name, call.ordinal);
    const { id, at, attempts } = ended;
    await tx.hookCalls.put(release, {
      ...before,
      id,
      at,
      attempts,
      tookMs,
      times: before.times + 1,
    });
  } else {
    await tx.hookCalls.put(release, ended);
  }
  await tx.jobs.enqueue(told ? job : { kind: 'reconcile', release });
}

const isUnderWay = ({ state, id, attempts }: HookCall, call: HookCall): boolean =>
  state === 'underWay' && id === call.id && attempts === call.attempts;

const retriesOf = (hook: Hook): number =>
  isTold(hook) ? Math.max(hook.retries, toldRetries) : hook.retries;

const isSame = (before: HookCall, next: HookCall): boolean =>
  before.slot === next.slot &&
  before.state === next.state &&
  before.status === next.status &&
  before.detail === next.detail;
