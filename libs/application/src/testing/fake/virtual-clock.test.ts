import { expect, it } from '@jest/globals';
import { aMoment } from '@spillway/domain-release/testing';
import { after } from '@spillway/kernel';
import { VirtualClock } from './virtual-clock.js';

const at = (ms: number) => after(aMoment, ms);

it('stands still until it is told to go on', async () => {
  const clock = new VirtualClock(aMoment);
  expect(clock.now()).toBe(aMoment);
  await clock.advanceTo(at(10));
  expect(clock.now()).toBe(at(10));
});

it('fires timers in the order of their moments, each at its moment', async () => {
  const clock = new VirtualClock(aMoment);
  const fired: string[] = [];
  const note = (name: string) => () => fired.push(`${name} at ${clock.now() - aMoment}`);
  clock.schedule(at(20), note('late'));
  clock.schedule(at(10), note('early'));
  clock.schedule(at(10), note('early too'));
  clock.schedule(at(31), note('never'));
  expect(clock.nextTimer()).toBe(at(10));
  await clock.advanceTo(at(30));
  expect(fired).toEqual(['early at 10', 'early too at 10', 'late at 20']);
});

it('fires timers that are set on the way', async () => {
  const clock = new VirtualClock(aMoment);
  const woken: number[] = [];
  const sleeper = async () => {
    for (const ms of [10, 20, 40]) {
      await clock.sleepUntil(at(ms));
      woken.push(clock.now() - aMoment);
    }
  };
  void sleeper();
  await clock.advanceTo(at(30));
  expect(woken).toEqual([10, 20]);
});

it('does not fire what was cancelled', async () => {
  const clock = new VirtualClock(aMoment);
  let fired = false;
  const cancel = clock.schedule(at(10), () => (fired = true));
  cancel();
  await clock.advanceTo(at(10));
  expect(fired).toBe(false);
});

it('refuses to go back', async () => {
  const clock = new VirtualClock(aMoment);
  await expect(clock.advanceTo(at(-1))).rejects.toMatchObject({ code: 'INVARIANT_BROKEN' });
});
