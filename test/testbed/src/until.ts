import { setTimeout as pause } from 'node:timers/promises';

export interface Patience {
  /** Completes "gave up waiting until …". */
  readonly what: string;
  readonly withinMs: number;
}

/** Asks until the answer is neither `undefined` nor `false`; an error of the last try is the cause of giving up. */
export async function until<T>(
  ask: () => Promise<T | undefined | false> | T | undefined | false,
  { what, withinMs }: Patience,
): Promise<T> {
  const deadline = performance.now() + withinMs;
  let cause: unknown;
  do {
    try {
      const answer = await ask();
      if (answer !== undefined && answer !== false) return answer;
      cause = undefined;
    } catch (error) {
      if (error instanceof GiveUp) throw error.cause;
      cause = error;
    }
    await pause(25);
  } while (performance.now() < deadline);
  throw new Error(`gave up after ${withinMs} ms waiting until ${what}`, { cause });
}

/** Thrown by a question that will never be answered: `until` stops at once with its cause. */
export class GiveUp extends Error {
  constructor(cause: Error) {
    super(cause.message, { cause });
  }
}
