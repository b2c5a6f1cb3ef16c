import { describe, expect, it } from '@jest/globals';
import { documents } from './manifests.js';
import { plansOf, refusalOf, scenes } from './rehearsal.js';

const named = scenes.map((scene) => ({
  scene,
  place: `${scene.section.page} "${scene.section.heading}"`,
}));

describe('what a section shows, applied and planned', () => {
  it('is found in many of them', () => expect(named.length).toBeGreaterThan(15));

  it.each(named)(
    '$place makes plans that nothing holds and lint has nothing against',
    async ({ scene }) => {
      const plans = await plansOf(scene);
      expect(plans.size).toBe(scene.strategies.length);
      for (const { clusters } of plans.values()) {
        const bad = clusters.filter(
          ({ held, unseen, refused, writes, findings }) =>
            held !== undefined ||
            unseen !== undefined ||
            refused !== undefined ||
            writes.length === 0 ||
            findings.some(({ severity }) => severity === 'error'),
        );
        expect(bad).toEqual([]);
      }
    },
  );
});

const wrong = documents.filter((one) => one.apiVersion === undefined && one.wrong !== undefined);

it.each(wrong)('$kind of $place is refused with $wrong', async (document) => {
  expect(await refusalOf(document)).toBe(document.wrong);
});
