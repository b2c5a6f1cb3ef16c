import { describe, expect, it } from '@jest/globals';
import { instant } from '@spillway/kernel';
import { periodWithin } from './period.js';

const at = (time: string) => instant(Date.parse(`2023-11-14T${time}Z`));
const within = (from: string, to: string) => {
  const period = periodWithin({ from: at(from), to: at(to) });
  if (period === undefined) return undefined;
  const start = new Date(period.start * 1_000).toISOString().slice(11, 19);
  return [start, period.length];
};

describe('the period that is asked of CloudWatch', () => {
  it.each([
    ['is a window of whole minutes', '22:14:00', '22:15:00', ['22:14:00', 60]],
    ['is all whole minutes of a window', '22:10:10', '22:15:10', ['22:11:00', 240]],
    ['is not a minute that begins before the window', '22:14:00.001', '22:16:00', ['22:15:00', 60]],
    ['is half a minute where there is no whole one', '22:14:10', '22:15:09', ['22:14:30', 30]],
    ['is ten seconds where there is no half minute', '22:14:01', '22:14:29', ['22:14:10', 10]],
    ['is a second at least', '22:14:01.5', '22:14:03', ['22:14:02', 1]],
  ])('%s', (_, from, to, period) => {
    expect(within(from, to)).toEqual(period);
  });

  it('is none where there is no whole second', () => {
    expect(within('22:14:01.5', '22:14:02.4')).toBeUndefined();
  });
});
