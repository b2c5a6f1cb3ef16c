import { afterEach, describe, expect, it } from '@jest/globals';
import { readFile, readdir } from 'node:fs/promises';
import { until } from '../src/index.js';
import { Child } from './child.js';

let playground: Child | undefined;
afterEach(async () => {
  playground?.kill('SIGKILL');
  await playground?.ended();
  playground = undefined;
});

interface Entry {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

/** Linux' list of processes; the fields behind the name, which may hold anything. */
async function processes(): Promise<readonly Entry[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    pids.map(async (pid) => {
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
      const parent = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[1];
      const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
      return parent === undefined
        ? []
        : [{ pid: Number(pid), parent: Number(parent), command: command.replaceAll('\0', ' ') }];
    }),
  );
  return found.flat();
}

/** Every process that the playground started, and that those started. */
async function descendants(root: number): Promise<readonly Entry[]> {
  const all = await processes();
  const below = (pid: number): readonly Entry[] =>
    all.filter(({ parent }) => parent === pid).flatMap((entry) => [entry, ...below(entry.pid)]);
  return below(root);
}

/** A pid can be given anew; the command tells. */
async function survivors(of: readonly Entry[]): Promise<readonly string[]> {
  const alive = await processes();
  return of
    .filter(({ pid, command }) => alive.some((one) => one.pid === pid && one.command === command))
    .map(({ command }) => command);
}

const start = (...args: readonly string[]): Child => {
  playground = Child.start({ entry: 'playground', args, env: { SPILLWAY_PORT: '0' } });
  return playground;
};

describe('the playground', () => {
  it('shows a good release and a bad one, and ends well', async () => {
    const demo = start('--demo');
    const code = await demo.ended();
    expect(demo.output).toContain('v3 was taken back by itself');
    expect(code).toBe(0);
  }, 90_000);

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGKILL', 'SIGKILL'],
  ] as const)(
    'leaves no process behind when %s ends it in the middle of a release',
    async (signal, code) => {
      const demo = start('--demo');
      await demo.says('v2 gets 10 %');
      const started = await descendants(demo.pid);
      expect(started.map(({ command }) => command).join('\n')).toMatch(/postgres/);
      demo.kill(signal);
      expect(await demo.ended()).toBe(code);
      await until(async () => (await survivors(started)).length === 0, {
        what: 'all that it started is gone',
        withinMs: 20_000,
      });
    },
    60_000,
  );

  it('leaves no process behind when it is interrupted while it starts', async () => {
    const demo = start();
    await demo.says('Starting Postgres');
    const started = await until(
      async () => {
        const found = await descendants(demo.pid);
        return found.some(({ command }) => command.includes('postgres')) && found;
      },
      { what: 'Postgres is being started', withinMs: 20_000 },
    );
    demo.kill('SIGINT');
    await demo.ended();
    await until(async () => (await survivors(started)).length === 0, {
      what: 'all that it started is gone',
      withinMs: 20_000,
    });
  }, 60_000);
});
