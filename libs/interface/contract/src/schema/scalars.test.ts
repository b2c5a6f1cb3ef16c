import { describe, expect, it } from '@jest/globals';
import { isDnsLabel, isVersion } from '@spillway/kernel';
import { durationText, nameText, percent, positiveDurationText, versionText } from './scalars.js';

describe('names', () => {
  const samples = [
    'a',
    'eu-west',
    'A',
    'v1-2',
    '-a',
    'a-',
    'a_b',
    'a.b',
    '',
    'x'.repeat(63),
    'x'.repeat(64),
  ];

  it.each(samples)('takes %j exactly when the kernel does', (text) => {
    expect(nameText.safeParse(text).success).toBe(isDnsLabel(text));
    expect(versionText.safeParse(text).success).toBe(isVersion(text));
  });
});

describe('percent', () => {
  it.each([0, 0.01, 0.07, 33.33, 99.99, 100])('takes %d', (n) => {
    expect(percent.safeParse(n).success).toBe(true);
  });

  it.each([-0.01, 100.01, 0.001, 33.333, Number.NaN])('refuses %d', (n) => {
    expect(percent.safeParse(n).success).toBe(false);
  });
});

describe('durations', () => {
  it.each(['0s', '90s', '1m30s', '500ms', '366d'])('takes %s', (text) => {
    expect(durationText.safeParse(text).success).toBe(true);
  });

  it.each(['', '10', 's', '-1s', '1 m', '400d', `${'9'.repeat(400)}d`])('refuses %s', (text) => {
    expect(durationText.safeParse(text).success).toBe(false);
  });

  it('refuses no time at all where time must pass', () => {
    expect(positiveDurationText.safeParse('0s').success).toBe(false);
  });
});
