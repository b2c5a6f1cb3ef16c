import autocannon from 'autocannon';
import { cpuMs } from './cpu-time.js';

export interface Load {
  readonly url: string;
  readonly token: string;
  readonly pid: number;
  readonly seconds: number;
  readonly connections: number;
}

export interface Served {
  readonly perSecond: number;
  /** Of the process that answers, for each request. */
  readonly cpuMs: number;
}

/** Asks again and again, and throws when an answer is none. */
export async function load({ url, token, pid, seconds, connections }: Load): Promise<Served> {
  const before = cpuMs(pid);
  const result = await autocannon({
    url,
    connections,
    duration: seconds,
    headers: { authorization: `Bearer ${token}` },
  });
  if (result.non2xx > 0 || result.errors > 0) {
    throw new Error(`${url}: ${result.non2xx} refusals and ${result.errors} errors`);
  }
  return {
    perSecond: result.requests.average,
    cpuMs: (cpuMs(pid) - before) / result.requests.total,
  };
}
