import { setTimeout as sleep } from 'node:timers/promises';

/** Waits for something that another process may have to do first; real time, by default at most fifteen seconds. */
export async function until(
  condition: () => boolean | Promise<boolean>,
  withinMs = 15_000,
): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`never became true: ${condition.toString()}`);
    await sleep(10);
  }
}
