import { describe, expect, it } from '@jest/globals';
import { unexposed } from '@spillway/domain-traffic';
import { EVERYTHING } from '@spillway/kernel';
import { originalAnnotation, releaseAnnotation } from '../render/routing-name.js';
import { classics } from '../testing/classics.js';
import { AdoptedLife, canonical, peoples, routesIn } from '../testing/index.js';

const shareOf = (entries: readonly unknown[]): number => {
  const weightOf = (all: readonly unknown[]) =>
    all.reduce<number>((sum, one) => sum + ((one as { weight?: number }).weight ?? 0), 0);
  const isCandidate = (one: unknown) => /"v2"|catalog-v2/.test(JSON.stringify(one));
  const isThird = (one: unknown) => JSON.stringify(one).includes('"old"');
  return weightOf(entries.filter(isCandidate)) / weightOf(entries.filter((one) => !isThird(one)));
};

describe.each(Object.entries(classics))('%s', (_, { yaml, promoted, about = {}, steps }) => {
  const original = peoples(yaml);

  it('is promoted to what people would have written', () => {
    const life = new AdoptedLife(original, about);
    for (const step of steps) life.give(step);
    expect(canonical(life.promote())).toBe(canonical(peoples(promoted)));
  });

  it.each(steps.map((_step, i) => [i + 1]))(
    'is as it was when it is aborted after step %d',
    (last) => {
      const life = new AdoptedLife(original, about);
      for (const step of steps.slice(0, last)) life.give(step);
      expect(canonical(life.abort())).toBe(canonical(original));
    },
  );

  it('is not touched by the preparation', () => {
    const life = new AdoptedLife(original, about);
    expect(life.give(unexposed)).toBe(original);
    expect(life.patches).toEqual([[]]);
  });

  it('gives the candidate exactly its weight of what the two have together', () => {
    const life = new AdoptedLife(original, about);
    for (const percent of [0.01, 10, 25.5, 99.99]) {
      const live = life.weight(percent);
      const split = ['http', 'tls', 'tcp'].flatMap((section) =>
        routesIn(live, section).flatMap(({ route }) =>
          JSON.stringify(route ?? '').match(/"weight":/g)?.length ? [route as unknown[]] : [],
        ),
      );
      expect(split.length).toBeGreaterThan(0);
      for (const entries of split) expect(shareOf(entries)).toBeCloseTo(percent / 100, 12);
    }
  });
});

it('says in annotations which release has the object in hand, and takes them away with it', () => {
  const life = new AdoptedLife(peoples(classics['a 90/10 split']?.yaml ?? ''));
  const { metadata } = life.weight(20);
  expect(metadata.annotations).toMatchObject({
    [releaseAnnotation]: life.wanted(unexposed).release,
    'spillway.dev/generation': '7',
  });
  expect(metadata.annotations[originalAnnotation]).toContain('"weight":90');
  expect(life.give({ weight: EVERYTHING }, true).metadata.annotations).toEqual({});
});
