import { hookPayload, type Hook, type Release } from '@spillway/domain-release';
import type { ReleaseId } from '@spillway/kernel';
import type { HookCall } from '../../port/hook-call-store.js';
import type { Tx } from '../../port/unit-of-work.js';
import type { LoopDeps } from '../deps.js';
import { nextQuestion, type Question } from './next-question.js';

/** A call that was noted as under way, and what it sends. */
export interface BegunCall {
  readonly release: ReleaseId;
  readonly hook: Hook;
  readonly call: HookCall;
  /** The one before it. */
  readonly before: HookCall | undefined;
  readonly body: string;
  /** With which it is signed; `undefined` where the hook has none, or there is none of its name. */
  readonly secret: string | undefined;
}

/**
 * Notes that a hook is called now, before it is. A call that is under way already is one of a worker
 * that died, or one to be repeated: it goes on with the same id. One that was answered never does.
 */
export async function beginCall(
  tx: Tx,
  { newId }: Pick<LoopDeps, 'newId'>,
  { release: id, hook: name }: { readonly release: ReleaseId; readonly hook: string },
): Promise<BegunCall | undefined> {
  const release = await tx.releases.get(id);
  const hook = release?.plan.hooks?.find((one) => one.name === name);
  if (release === undefined || hook === undefined) return undefined;
  const { open, before } = await lastCalls(tx, id, name);
  const question = await nextQuestion(tx, release, hook, before);
  if (question.kind !== 'now') return notNow(tx, id, name, open, question);
  const again = repeated(tx, open, question);
  if (again === 'later') return waitUntil(tx, id, name, open?.retryAt ?? tx.now);
  const call = again ?? first(tx, hook, before, question.slot, newId());
  await tx.hookCalls.put(id, call);
  return { release: id, hook, call, before, ...(await contentOf(tx, release, hook, question)) };
}

/** The one that is under way, and the last that is over. */
async function lastCalls(tx: Tx, release: ReleaseId, hook: string) {
  const [before, last] = await tx.hookCalls.last(release, hook, 2);
  const newest = last ?? before;
  if (newest?.state !== 'underWay') return { open: undefined, before: newest };
  return { open: newest, before: last === undefined ? undefined : before };
}

type Asked = Extract<Question, { kind: 'now' }>;

function repeated(
  tx: Tx,
  open: HookCall | undefined,
  { slot }: Asked,
): HookCall | 'later' | undefined {
  if (open?.slot !== slot) return undefined;
  if (open.retryAt !== undefined && open.retryAt > tx.now) return 'later';
  const { retryAt: _over, ...rest } = open;
  return { ...rest, attempts: open.attempts + 1, at: tx.now };
}

/** Takes the place of one that was under way about something else, which nobody waits for any more. */
const first = (
  tx: Tx,
  { name, point }: Hook,
  before: HookCall | undefined,
  slot: string,
  id: string,
): HookCall => ({
  hook: name,
  point,
  ordinal: before === undefined ? 0 : before.ordinal + 1,
  slot,
  id,
  state: 'underWay',
  detail: '',
  attempts: 1,
  times: 1,
  firstAt: tx.now,
  at: tx.now,
  tookMs: 0,
});

async function contentOf(
  tx: Tx,
  release: Release,
  hook: Hook,
  { event }: Asked,
): Promise<Pick<BegunCall, 'body' | 'secret'>> {
  const body = JSON.stringify(hookPayload(hook, release, event));
  const secret = hook.secret === undefined ? undefined : await tx.secrets.open(hook.secret);
  return { body, secret };
}

async function notNow(
  tx: Tx,
  release: ReleaseId,
  hook: string,
  open: HookCall | undefined,
  question: Exclude<Question, Asked>,
): Promise<undefined> {
  if (open !== undefined) await tx.hookCalls.remove(release, hook, open.ordinal);
  return question.kind === 'later' ? waitUntil(tx, release, hook, question.at) : undefined;
}

async function waitUntil(
  tx: Tx,
  release: ReleaseId,
  hook: string,
  at: Tx['now'],
): Promise<undefined> {
  await tx.jobs.enqueue({ kind: 'hook', release, hook }, at);
  return undefined;
}
