import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';

export interface SteadyLoad {
  readonly url: string;
  readonly token: string;
  /** Requests in a second, one after another at even distances, whatever became of those before. */
  readonly rate: number;
  readonly seconds: number;
  readonly connections: number;
}

/**
 * How long 99 of 100 wait, in milliseconds from when their request was due. autocannon would send all
 * of a second at its beginning and rest: that is not half of a load but all of it, half of the time.
 */
export async function p99OfSteady(load: SteadyLoad): Promise<number> {
  const { url, token, rate, seconds, connections } = load;
  const { origin, pathname, search } = new URL(url);
  const pool = new Pool(origin, { connections });
  const waits: number[] = [];
  const ask = async (dueAt: number): Promise<void> => {
    const headers = { authorization: `Bearer ${token}` };
    const path = `${pathname}${search}`;
    const { statusCode, body } = await pool.request({ path, method: 'GET', headers });
    await body.dump();
    if (statusCode !== 200) throw new Error(`${url} answered ${statusCode}`);
    waits.push(performance.now() - dueAt);
  };
  const asked: Promise<void>[] = [];
  const began = performance.now();
  while (asked.length < rate * seconds) {
    const due = Math.min(rate * seconds, ((performance.now() - began) / 1_000) * rate);
    while (asked.length < due) asked.push(ask(began + (asked.length / rate) * 1_000));
    await sleep(1);
  }
  await Promise.all(asked);
  await pool.close();
  return waits.toSorted((a, b) => a - b)[Math.ceil(waits.length * 0.99) - 1] ?? Number.NaN;
}
