import { expect, it } from '@jest/globals';
import { liveThrough } from './live-through.js';
import { cutNight, drawNight } from './night-plan.js';
import { bugs, findSoon } from './planted/find.js';
import { shrink } from './shrink.js';
import { replayCommand, taleOf } from './tale.js';

const traceOf = async (seed: number): Promise<string> =>
  (await liveThrough(drawNight(seed), { isTold: true })).trace.join('\n');

it.each([3, 8, 21])(
  'lives through night %i twice the same, byte for byte',
  async (seed) => {
    const once = await traceOf(seed);
    expect(await traceOf(seed)).toBe(once);
    expect(once.split('\n').length).toBeGreaterThan(500);
  },
  120_000,
);

it('makes a night that breaks a promise short, and says how to see it again', async () => {
  const bug = bugs.find(({ name }) => name === 'freeze ignored');
  if (bug === undefined) throw new Error('the bug is gone');
  const { seed = 0 } = await findSoon(bug);
  const { plant, often } = bug;
  const whole = await liveThrough(drawNight(seed, often), { plant });
  const { report } = await shrink(whole, { plant });
  expect(report.broken?.promise).toBe(whole.broken?.promise);
  expect(report.plan.actions.length).toBeLessThan(6);
  const command = replayCommand(report.plan);
  expect(command).toMatch(
    /^npm run simulate -- --seed \d+ --often freeze,order,start .*--only [\d,]+$/,
  );
  const again = await liveThrough(cutNight(drawNight(seed, often), cutOf(command)), { plant });
  expect(again.broken).toEqual(report.broken);
  expect(taleOf(report)).toContain(`Broken after ${report.events} events`);
}, 150_000);

/** As tools/simulate.mjs reads it. */
function cutOf(command: string) {
  const valueOf = (name: string) => new RegExp(`--${name} (\\S+)`).exec(command)?.[1];
  const sizes = (['clusters', 'workers', 'services'] as const).flatMap((size) => {
    const value = valueOf(size);
    return value === undefined ? [] : [[size, Number(value)] as const];
  });
  return { ...Object.fromEntries(sizes), only: valueOf('only')?.split(',').map(Number) ?? [] };
}
