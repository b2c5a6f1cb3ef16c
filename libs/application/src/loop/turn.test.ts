import { describe, expect, it } from '@jest/globals';
import { duration, releaseId } from '@spillway/kernel';
import { turnOf } from './turn.js';

const minute = duration(60_000);
const ids = Array.from({ length: 1_000 }, (_, n) =>
  releaseId(`0198a3c4-5a1e-7000-8000-${String(n).padStart(12, '0')}`),
);

describe('the turn of a release', () => {
  it('comes at once while there are few', () => {
    expect(ids.map((id) => turnOf(id, 20, minute)).every((turn) => turn === 0)).toBe(true);
  });

  it('is spread evenly over the time that all of them need', () => {
    const turns = ids.map((id) => turnOf(id, 320, minute));
    for (let third = 0; third < 3; third += 1) {
      const inIt = turns.filter((turn) => Math.floor(turn / 1_000) === third).length;
      expect(inIt).toBeGreaterThan(250);
      expect(inIt).toBeLessThan(420);
    }
    expect(Math.max(...turns)).toBeLessThan(3_000);
  });

  it('comes before the next windows end, and before shared answers are forgotten', () => {
    const most = (interval: number): number =>
      Math.max(...ids.map((id) => turnOf(id, 1_000_000, duration(interval))));
    expect(most(5_000)).toBeLessThan(5_000);
    expect(most(60_000)).toBeLessThan(10_000);
  });

  it('is always the same', () => {
    const [id = ids.at(-1)] = ids;
    if (id === undefined) throw new Error('no id');
    expect(turnOf(id, 300, minute)).toBe(turnOf(id, 300, minute));
  });
});
