import { readFileSync, readdirSync } from 'node:fs';

/** As Linux counts it on every machine that Node runs on. */
const ticksPerSecond = 100;
const tickMs = 1_000 / ticksPerSecond;

/** The fields of /proc/<pid>/stat after the name of the program, which may have spaces in it. */
const fieldsOf = (pid: number): readonly number[] =>
  (readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? []).map(Number);

const at = (fields: readonly number[], index: number): number => fields[index] ?? 0;

/** Milliseconds that a process has kept a core busy. */
export function cpuMs(pid: number): number {
  const fields = fieldsOf(pid);
  return (at(fields, 11) + at(fields, 12)) * tickMs;
}

/** The same of a process, its children, and those of them that have ended. */
export function treeCpuMs(pid: number): number {
  const own = fieldsOf(pid);
  const ended = (at(own, 13) + at(own, 14)) * tickMs;
  const children = readdirSync('/proc')
    .map(Number)
    .filter((one) => Number.isInteger(one) && parentOf(one) === pid);
  return children.reduce((sum, child) => sum + cpuOfLiving(child), cpuMs(pid) + ended);
}

const parentOf = (pid: number): number => ofLiving(() => at(fieldsOf(pid), 1), -1);
const cpuOfLiving = (pid: number): number => ofLiving(() => cpuMs(pid), 0);

function ofLiving(read: () => number, otherwise: number): number {
  try {
    return read();
  } catch {
    return otherwise;
  }
}

/** What a process has in memory. */
export function residentBytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const [, kilobytes = 'NaN'] = /^VmRSS:\s+(\d+) kB$/m.exec(status) ?? [];
  return Number(kilobytes) * 1_024;
}
