import { refusal, refuse, ok, type Refusal, type Result } from '@spillway/kernel';
import type { Caller } from '../access/caller.js';
import { digestOf, tagOf } from '../audit/digest.js';
import type { Tx, UnitOfWork } from '../port/unit-of-work.js';
import { rememberAnswer, repeatedAnswer, type Change } from './idempotently.js';

export type { Change } from './idempotently.js';

/** What came of it. */
export interface Changed<T> {
  readonly value: T;
  /** What was changed, in words: `service shop/catalog`. */
  readonly subject: string;
  /** It before and after; nothing where it was not there, or is not any more. */
  readonly before?: unknown;
  readonly after?: unknown;
  /** The effect was there already: nothing is left in the audit log. */
  readonly isRepeated?: true;
}

/**
 * The way in which anything is changed: one transaction that gives the first answer again
 * for a known idempotency key, takes everything back when the caller has read something
 * older, and leaves exactly one audit record. Whatever `work` refuses changes nothing.
 */
export async function change<T>(
  { unitOfWork }: { readonly unitOfWork: UnitOfWork },
  wanted: Change,
  work: (tx: Tx) => Promise<Result<Changed<T>, Refusal>>,
): Promise<Result<T, Refusal>> {
  try {
    return await unitOfWork.run(async (tx) => {
      const earlier = await repeatedAnswer<T>(tx, wanted);
      if (earlier !== undefined) return earlier;
      const outcome = await work(tx);
      if (!outcome.ok) return outcome;
      refuseStale(wanted.caller, outcome.value);
      await rememberAnswer(tx, wanted, outcome.value.value);
      if (outcome.value.isRepeated !== true) await leaveRecord(tx, wanted, outcome.value);
      return ok(outcome.value.value);
    });
  } catch (thrown) {
    if (thrown instanceof TakenBack) return refuse(thrown.refusal);
    throw thrown;
  }
}

/** Ends a transaction without an effect. */
class TakenBack extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.message);
    this.name = 'TakenBack';
  }
}

/** Only after the work is it known what was there before. */
function refuseStale({ ifMatch }: Caller, { subject, before }: Changed<unknown>): void {
  if (ifMatch === undefined || (before !== undefined && isAmong(tagOf(before), ifMatch))) return;
  const found =
    before === undefined ? 'is not there' : `is ${JSON.stringify(tagOf(before))} by now`;
  throw new TakenBack(
    refusal(
      'PRECONDITION_FAILED',
      `If-Match asks for ${ifMatch}, and the ${subject} ${found}.`,
      'Read it again, and repeat the change where it still makes sense.',
      'If-Match',
    ),
  );
}

const isAmong = (tag: string, list: string): boolean =>
  list.split(',').some((one) => ['*', `"${tag}"`, tag].includes(one.trim()));

const leaveRecord = (
  tx: Tx,
  { operation, caller }: Change,
  { subject, before, after }: Changed<unknown>,
): Promise<void> =>
  tx.audit.append({
    at: tx.now,
    actor: caller.actor,
    origin: caller.origin,
    operation,
    subject,
    ...(before === undefined ? {} : { before: digestOf(before) }),
    ...(after === undefined ? {} : { after: digestOf(after) }),
  });
