import { describe, expect, it } from '@jest/globals';
import { countLogE } from './log-e.js';

const prior = { a: 1, b: 1 };

describe('ln E of errors split between two versions', () => {
  it.each([
    { x: 60, n: 100, p0: 0.5, two: -0.090965, one: 0.578891 },
    { x: 70, n: 100, p0: 0.5, two: 6.057502, one: 6.750621 },
    { x: 30, n: 100, p0: 0.1, two: 13.195573, one: 13.300933 },
    { x: 12, n: 40, p0: 0.1, two: 4.423861, one: 4.529104 },
    { x: 5, n: 10, p0: 0.5, two: -0.995853, one: undefined },
  ])('is $two two-sided and $one one-sided for $x of $n at $p0', ({ x, n, p0, two, one }) => {
    expect(Math.abs(countLogE({ x, n, p0, prior, sides: 'two' }) - two)).toBeLessThan(1e-6);
    if (one === undefined) return;
    expect(Math.abs(countLogE({ x, n, p0, prior, sides: 'one' }) - one)).toBeLessThan(1e-6);
  });
});
