import { describe, expect, it } from '@jest/globals';
import { judgeGroupSequential } from './judge-group-sequential.js';
import {
  defaultGroupSequentialSettings,
  type GroupSequentialSettings,
  type SequentialLook,
} from './measurements.js';

const judge = (looks: readonly SequentialLook[], settings: Partial<GroupSequentialSettings> = {}) =>
  judgeGroupSequential(
    { looks },
    { ...defaultGroupSequentialSettings, alpha: 0.025, maxLooks: 5, ...settings },
  );

const zs = (...values: readonly number[]): readonly SequentialLook[] => values.map((z) => ({ z }));

describe('verdict', () => {
  it('is inconclusive while looks remain, and passes after the last', () => {
    expect(judge(zs(1, 2)).kind).toBe('inconclusive');
    expect(judge(zs(1, 2, 1, 1, 1.9)).kind).toBe('pass');
  });

  it('fails where z reaches the bound of its look, and stays failed', () => {
    const { kind, evidence, because } = judge(zs(1, 3.4, 0, 0, 0));
    expect(kind).toBe('fail');
    expect(evidence.stoppedAt).toBe(2);
    expect(evidence.looks[1]).toMatchObject({ look: 2, fraction: 0.4, z: 3.4, crossed: 'harmful' });
    expect(evidence.looks[1]?.bound).toBeCloseTo(3.357, 4);
    expect(because).toBe(
      'z = 3.40 at look 2 of 5, with 40 % of the planned information, reached the bound 3.36 ' +
        '(p = 0.00034, stop at 0.00039)',
    );
  });

  it('does not fail at an early look for what would be enough at the last', () => {
    expect(judge(zs(2.1)).kind).toBe('inconclusive');
    expect(judge(zs(0, 0, 0, 0, 2.1)).kind).toBe('fail');
  });

  it('takes a fall for harm where it is told to', () => {
    expect(judge(zs(-5), { direction: 'decrease' }).kind).toBe('fail');
    expect(judge(zs(5), { direction: 'decrease' }).kind).toBe('inconclusive');
    expect(judge(zs(-5.5), { direction: 'either' }).kind).toBe('fail');
    expect(judge(zs(-5.4), { direction: 'either' }).evidence.sides).toBe(2);
  });

  it('shows a two-sided crossing in the harmless direction, and goes on', () => {
    const { kind, evidence } = judge(zs(-6), { sides: 2 });
    expect(kind).toBe('inconclusive');
    expect(evidence.looks[0]?.crossed).toBe('harmless');
  });

  it('has no data without a look, and without values in it', () => {
    const empty = { n: 0, mean: 0, variance: 0 };
    expect(judge([])).toMatchObject({ kind: 'noData', because: 'there was no look yet' });
    const { kind, because } = judge([{ candidate: empty, stable: empty }]);
    expect(kind).toBe('noData');
    expect(because).toBe(
      'look 1 could not be tested: a version has no values, or they do not vary',
    );
  });
});

describe('information', () => {
  it('is taken from the plan, and α is spent by it', () => {
    const looks = [
      { n: 100, z: 1 },
      { n: 900, z: 1 },
    ];
    const { evidence } = judge(looks, { plannedInformation: 1000, spending: 'power' });
    expect(evidence.looks.map(({ fraction }) => fraction)).toEqual([0.1, 0.9]);
    expect(evidence.spentAlpha).toBeCloseTo(0.025 * 0.81, 12);
  });

  it('beyond the plan ends it, and is said', () => {
    const settings = { plannedInformation: 1000 };
    const looks = [
      { n: 500, z: 1 },
      { n: 1250, z: 1 },
      { n: 1500, z: 9 },
    ];
    const { kind, evidence, because } = judge(looks, settings);
    expect(kind).toBe('pass');
    expect(evidence).toMatchObject({ overrun: 0.25, isOver: true });
    expect(evidence.spentAlpha).toBeCloseTo(0.025, 12);
    expect(evidence.looks[2]?.untested).toBe('afterTheEnd');
    expect(because).toContain('the plan is over, with 25 % more information than planned');
  });

  it('short of the plan at the last look is made up for: all of α is spent', () => {
    const looks = [
      { fraction: 0.3, z: 0 },
      { fraction: 0.6, z: 2.2 },
    ];
    expect(judge(looks).kind).toBe('inconclusive');
    const { kind, evidence } = judge(looks, { maxLooks: 2 });
    expect(kind).toBe('fail');
    expect(evidence.spentAlpha).toBeCloseTo(0.025, 12);
  });

  it('that is not new costs nothing', () => {
    const looks = [0.5, 0.5, 0.4, 1].map((fraction) => ({ fraction, z: 1 }));
    const { kind, evidence } = judge(looks);
    expect(kind).toBe('pass');
    expect(evidence.looks.map(({ untested }) => untested)).toEqual([
      undefined,
      'nothingNew',
      'nothingNew',
      undefined,
    ]);
  });

  it('that nobody can place leaves the verdict open', () => {
    const { maxLooks: _, ...settings } = { ...defaultGroupSequentialSettings, maxLooks: 1 };
    const { kind, because } = judgeGroupSequential({ looks: [{ z: 9 }] }, settings);
    expect(kind).toBe('inconclusive');
    expect(because).toBe(
      'look 1 could not be tested: nothing says how much of the planned information there is',
    );
  });
});

describe('statistic', () => {
  const last = { maxLooks: 1, alpha: 0.05, sides: 2 } as const;

  it('of means is their difference by its standard error, with limits at the bound', () => {
    const look = {
      candidate: { n: 100, mean: 12, variance: 25 },
      stable: { n: 400, mean: 10, variance: 36 },
    };
    const { evidence, because } = judge([look], last);
    const se = Math.sqrt(25 / 100 + 36 / 400);
    const [shown] = evidence.looks;
    expect(shown?.z).toBeCloseTo(2 / se, 12);
    expect(shown?.lower).toBeCloseTo(2 - 1.959964 * se, 6);
    expect(shown?.upper).toBeCloseTo(2 + 1.959964 * se, 6);
    expect(because).toMatch(/^candidate 12 on average of 100, stable 10 of 400: z = 3\.43/u);
  });

  it('of counts takes the rate of both versions for its variance', () => {
    const look = {
      candidate: { requests: 2010, errors: 41 },
      stable: { requests: 18_204, errors: 38 },
    };
    const { kind, evidence, because } = judge([look], last);
    const rate = 79 / 20_214;
    const se = Math.sqrt(rate * (1 - rate) * (1 / 2010 + 1 / 18_204));
    expect(kind).toBe('fail');
    expect(evidence.looks[0]?.z).toBeCloseTo((41 / 2010 - 38 / 18_204) / se, 12);
    expect(because).toMatch(/^candidate 41 of 2,010 failed, stable 38 of 18,204: z = 12\.4/u);
  });

  it('is 0 where nothing differs and nothing varies, and none where it cannot be told', () => {
    const none = { requests: 50, errors: 0 };
    expect(judge([{ candidate: none, stable: none }], last).evidence.looks[0]?.z).toBe(0);
    const flat = (mean: number) => ({ n: 5, mean, variance: 0 });
    const { kind, evidence } = judge([{ candidate: flat(2), stable: flat(1) }], last);
    expect(evidence.looks[0]?.untested).toBe('noStatistic');
    expect(kind).toBe('inconclusive');
  });

  it('survives a verdict written as JSON', () => {
    const judged = judge(zs(1, 2, 9));
    expect(JSON.parse(JSON.stringify(judged))).toEqual(judged);
  });
});
