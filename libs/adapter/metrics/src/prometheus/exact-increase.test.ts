import { duration, instant } from '@spillway/kernel';
import { describe, expect, it } from '@jest/globals';
import { exactIncrease } from './exact-increase.js';

const ask = (change: { at?: number; window?: number; scrapeInterval?: number } = {}) => {
  const { at = 1_700_000_100_000, window = 60_000, scrapeInterval = 15_000 } = change;
  return exactIncrease({
    series: 'c{a="b"}',
    by: ['x', 'y'],
    at: instant(at),
    window: duration(window),
    scrapeInterval: duration(scrapeInterval),
  });
};

/** Length of the steps and how far the looks are moved back. */
const shape = (change: Parameters<typeof ask>[0]) => {
  const { promql, time } = ask(change);
  const [, step] = /\[\w+:(\w+)\]\)\) \* /.exec(promql) ?? [];
  const [, offset = '0s'] = /\[\w+\](?: offset (\w+))?\)/.exec(promql) ?? [];
  return { step, offset, time };
};

describe('the exact increase of a counter', () => {
  it('is the steps of the window, and what was born in it', () => {
    expect(ask()).toEqual({
      time: 1_700_000_100_000,
      promql:
        'sum by (x, y) (sum_over_time(irate(last_over_time(c{a="b"}[5m])[15s1ms:15s])[59s999ms:15s])) * 15' +
        ' or label_replace(sum by (x, y) (sum_over_time(((last_over_time(c{a="b"}[15s])' +
        ' unless last_over_time(c{a="b"}[1h] offset 15s)) and on () group(up offset 1m15s))' +
        '[59s999ms:15s])), "born", "yes", "", "")',
    });
  });

  it('is looked at on whole multiples of the step, moved back to the end of the window', () => {
    expect(shape({ at: 1_700_000_110_000 })).toEqual({
      step: '15s',
      offset: '5s',
      time: 1_700_000_115_000,
    });
  });

  it.each([
    { window: 60_000, scrapeInterval: 15_000, step: '15s' },
    { window: 60_000, scrapeInterval: 60_000, step: '1m' },
    { window: 30_000, scrapeInterval: 60_000, step: '30s' },
    { window: 50_000, scrapeInterval: 15_000, step: '12s500ms' },
    { window: 40_000, scrapeInterval: 15_000, step: '10s' },
    { window: 1_000, scrapeInterval: 15_000, step: '1s' },
    { window: 3_600_000, scrapeInterval: 15_000, step: '3m' },
    { window: 30_011, scrapeInterval: 1_000, step: '30s11ms' },
  ])('cuts $window ms at a scrape every $scrapeInterval ms into $step', ({ step, ...given }) => {
    expect(shape(given).step).toBe(step);
  });

  it('looks further back where steps are longer than that', () => {
    const { promql } = ask({ window: 86_400_000 });
    expect(promql).toContain('[2h24m] offset 33m)[1h12m1ms:1h12m])');
    expect(promql).toContain('[3h36m] offset 1h45m');
  });
});
