import { describe, expect, it } from '@jest/globals';
import { bar } from './bar.js';

const drawn = (percent: number): string => {
  const { full, rest } = bar(percent, 10);
  return full + rest;
};

describe('a bar', () => {
  it.each([
    [0, '░░░░░░░░░░'],
    [0.01, '▏░░░░░░░░░'],
    [10, '█░░░░░░░░░'],
    [50, '█████░░░░░'],
    [55, '█████▌░░░░'],
    [99.99, '█████████▉'],
    [100, '██████████'],
  ])('of %d %% is %s', (percent, text) => {
    expect(drawn(percent)).toBe(text);
  });
});
