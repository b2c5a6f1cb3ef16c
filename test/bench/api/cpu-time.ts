import { readFileSync } from 'node:fs';

/** As Linux counts it on every machine that Node runs on. */
const ticksPerSecond = 100;

/** Milliseconds that a process has kept a core busy. It says what a request costs while others use the machine, too. */
export function cpuMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  return ((Number(fields[11]) + Number(fields[12])) * 1_000) / ticksPerSecond;
}
