import { instant } from '@spillway/kernel';
import { describe, expect, it } from '@jest/globals';
import { VirtualTime } from './virtual-time.js';

describe('virtual time', () => {
  it('runs what is due in order, each at its own moment', async () => {
    const time = new VirtualTime(instant(0));
    const ran: [string, number][] = [];
    const note = (name: string) => () => ran.push([name, time.now()]);
    time.schedule(instant(20), note('second'));
    time.schedule(instant(10), note('first'));
    time.schedule(instant(20), note('third'));
    time.schedule(instant(31), note('not yet'));
    await time.advance(30);
    expect(ran).toEqual([
      ['first', 10],
      ['second', 20],
      ['third', 20],
    ]);
    expect([time.now(), time.next()]).toEqual([30, 31]);
  });

  it('runs what is scheduled on the way, also from a promise', async () => {
    const time = new VirtualTime(instant(0));
    const ran: number[] = [];
    time.schedule(instant(5), () => {
      void Promise.resolve().then(() => time.schedule(instant(8), () => ran.push(time.now())));
    });
    await time.advance(10);
    expect(ran).toEqual([8]);
  });

  it('does not run what was cancelled', async () => {
    const time = new VirtualTime(instant(0));
    const ran: number[] = [];
    time.schedule(instant(5), () => ran.push(5))();
    await time.advance(10);
    expect(ran).toEqual([]);
    expect(time.next()).toBeUndefined();
  });

  it('cannot go back', async () => {
    const time = new VirtualTime(instant(10));
    await expect(time.advanceTo(instant(9))).rejects.toMatchObject({ code: 'INVARIANT_BROKEN' });
  });
});
