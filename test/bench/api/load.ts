import autocannon from 'autocannon';
import { cpuMs } from './cpu-time.js';

export interface Load {
  readonly url: string;
  readonly token: string;
  readonly pid: number;
  readonly seconds: number;
  readonly connections: number;
  /** Requests in a second; as many as are answered where it is absent. */
  readonly rate?: number;
}

export interface Served {
  readonly perSecond: number;
  readonly p99Ms: number;
  /** Of the process that answers, for each request. */
  readonly cpuMs: number;
}

/** Asks again and again, and throws when an answer is none. */
export async function load({ url, token, pid, seconds, connections, rate }: Load): Promise<Served> {
  const before = cpuMs(pid);
  const result = await autocannon({
    url,
    connections,
    duration: seconds,
    headers: { authorization: `Bearer ${token}` },
    ...(rate === undefined ? {} : { overallRate: rate }),
  });
  if (result.non2xx > 0 || result.errors > 0) {
    throw new Error(`${url}: ${result.non2xx} refusals and ${result.errors} errors`);
  }
  return {
    perSecond: result.requests.average,
    p99Ms: result.latency.p99,
    cpuMs: (cpuMs(pid) - before) / result.requests.total,
  };
}
