import { setTimeout as sleep } from 'node:timers/promises';

/** Waits for something that another process may have to do first; real time, at most ten seconds. */
export async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`never became true: ${condition.toString()}`);
    await sleep(5);
  }
}
