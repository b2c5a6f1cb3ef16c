import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { end, type Spillway } from '../../process/start-spillway.js';

export interface WatchFigures {
  readonly watchers: number;
  readonly events: number;
  /** From the moment at which the command was sent. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly worstMs: number;
  readonly kilobytesEach: number;
}

type Said = { readonly open: number } | { readonly sequence: number; readonly at: number };

const program = fileURLToPath(new URL('watchers/main.js', import.meta.url));
const now = (): number => performance.timeOrigin + performance.now();

/** `command` changes the release, and gives the sequence number of the event that it made. */
export async function watchFigures(
  { url, token, pid }: Spillway,
  release: string,
  { watchers, events }: { readonly watchers: number; readonly events: number },
  command: (index: number) => Promise<number>,
): Promise<WatchFigures> {
  const before = residentKilobytes(pid);
  const wanted = { url: `${url}/api/v1/releases/${release}/watch`, token, count: watchers };
  const child = fork(program, [JSON.stringify(wanted)], { execArgv: [] });
  const told = new Map<number, number[]>();
  let bell: () => void = () => undefined;
  child.on('message', (said: Said) => {
    if ('sequence' in said) {
      told.set(said.sequence, [...(told.get(said.sequence) ?? []), said.at]);
    }
    bell();
  });
  await once(child, 'message');
  const kilobytesEach = (residentKilobytes(pid) - before) / watchers;
  const waits: number[] = [];
  for (let index = 0; index < events; index += 1) {
    const sentAt = now();
    const sequence = await command(index);
    while ((told.get(sequence)?.length ?? 0) < watchers) {
      await new Promise<void>((resolve) => (bell = resolve));
    }
    waits.push(...(told.get(sequence) ?? []).map((at) => at - sentAt));
  }
  await end(child);
  waits.sort((a, b) => a - b);
  const at = (share: number): number => waits[Math.ceil(share * waits.length) - 1] ?? Number.NaN;
  return { watchers, events, p50Ms: at(0.5), p99Ms: at(0.99), worstMs: at(1), kilobytesEach };
}

/** Linux only, as the bench is. */
function residentKilobytes(pid: number): number {
  const [, kilobytes] =
    /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes);
}
