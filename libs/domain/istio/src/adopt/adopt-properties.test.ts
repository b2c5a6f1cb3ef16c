import { expect, it } from '@jest/globals';
import { unexposed, type Exposure, type Sticky } from '@spillway/domain-traffic';
import { basisPoints, duration } from '@spillway/kernel';
import fc from 'fast-check';
import { applyPatch } from './apply-patch.js';
import type { PatchOperation } from './patch.js';
import { AdoptedLife } from '../testing/adopted-life.js';
import { isOurs, mustBeAnnounced, promoted } from '../testing/adopted-oracle.js';
import { someForeignEdit, type ForeignEdit } from '../testing/foreign-edit.js';
import { canonical } from '../testing/people.js';
import { someVirtualService } from '../testing/some-virtual-service.js';

/** `ADOPTION_CASES=1000000` runs as many. */
const numRuns = Number(process.env['ADOPTION_CASES'] ?? 10_000);

const aWeight = fc.oneof(
  fc.constantFrom(1, 1_000, 5_000, 2_550, 10_000),
  fc.integer({ min: 1, max: 10_000 }),
);
const aRoute = fc.constantFrom(
  { name: 'testers', match: [{ headers: { 'x-tester': { exact: 'yes' } } }] },
  {
    name: 'beta',
    match: [{ uri: { prefix: '/api/beta' } }, { cookies: { beta: { exact: '1' } } }],
  },
  {
    name: 'pods',
    match: [{ sourceLabels: { app: 'web', version: 'v2' } }],
    where: 'mesh' as const,
  },
  { name: 'public', match: [{ method: { exact: 'GET' } }], where: 'edge' as const },
);
const routes = fc.uniqueArray(aRoute, { maxLength: 2, selector: ({ name }) => name });

const anExposure: fc.Arbitrary<Exposure> = fc.oneof(
  fc.record({ weight: aWeight.map(basisPoints), routes }).map(({ weight, routes: all }) => ({
    weight,
    ...(weight < 10_000 && all.length > 0 ? { routes: all } : {}),
  })),
  routes.map((all) => ({ ...unexposed, ...(all.length > 0 ? { routes: all } : {}) })),
  fc
    .record({
      share: aWeight.map(basisPoints),
      methods: fc.constantFrom('all' as const, 'safe' as const),
    })
    .map((mirror) => ({ ...unexposed, mirror })),
);

type Act = { readonly give: Exposure } | { readonly edit: ForeignEdit };
const acts: fc.Arbitrary<readonly Act[]> = fc.array(
  fc.oneof(
    { arbitrary: anExposure.map((give) => ({ give })), weight: 3 },
    { arbitrary: someForeignEdit.map((edit) => ({ edit })), weight: 1 },
  ),
  { minLength: 1, maxLength: 6 },
);

const cookies: Sticky = { cookie: 'catalog-version', lifetime: duration(3_600_000) };
const sticky = fc.constantFrom(undefined, undefined, cookies);

it('changes what it announces and nothing else, whatever people wrote and do, and gives it all back', () => {
  const seen = { given: 0, refused: 0, promoted: 0 };
  fc.assert(
    fc.property(
      someVirtualService,
      acts,
      fc.boolean(),
      sticky,
      (original, all, isPromoted, stuck) => {
        const life = new AdoptedLife(original, stuck && { sticky: stuck });
        let people = original;
        for (const act of all) {
          if ('edit' in act) {
            people = act.edit(people, isOurs);
            life.edit((live) => act.edit(live, isOurs));
          } else if (life.offer(act.give) !== undefined) {
            seen.refused += 1;
          } else {
            seen.given += 1;
            mustBeAnnounced(life.live, people, act.give.weight);
            mustBeTested(life.patches.at(-1) ?? []);
          }
        }
        if (isPromoted) {
          seen.promoted += 1;
          life.promote();
          people = promoted(people);
        } else life.abort();
        const [is, wanted] = [canonical(life.live), canonical(people)];
        if (is !== wanted) throw new Error(`${is}\ninstead of\n${wanted}`);
      },
    ),
    { numRuns, seed: 20_261_121 },
  );
  expect(seen.given).toBeGreaterThan(numRuns / 2);
  expect(seen.refused).toBeGreaterThan(numRuns / 20);
  expect(seen.promoted).toBeGreaterThan(numRuns / 3);
});

/** Every operation follows a test of what it changes, or of what contains that. */
function mustBeTested(operations: readonly PatchOperation[]): void {
  const tested: string[] = [];
  for (const { op, path } of operations) {
    if (op === 'test') tested.push(path);
    const isNew = op === 'add' && path.startsWith('/metadata/annotations');
    const isTested = tested.some((one) => path.startsWith(one) || one === `${path}/name`);
    if (op !== 'test' && !isNew && !isTested) throw new Error(`${op} ${path} is not tested`);
  }
}

it('fits the object that was looked at, and no other in which it would land elsewhere', () => {
  let refused = 0;
  fc.assert(
    fc.property(
      someVirtualService,
      anExposure,
      anExposure,
      someForeignEdit,
      (original, one, two, edit) => {
        // Annotations where there were none cannot be tested: the writer compares the resourceVersion.
        const start = {
          ...original,
          metadata: { ...original.metadata, annotations: { note: 'x' } },
        };
        const life = new AdoptedLife(start);
        life.offer(one);
        const stale = life.live;
        if (life.offer(two) !== undefined) return;
        const after = applyPatch(edit(stale, isOurs), life.patches.at(-1) ?? []);
        if (after === undefined) refused += 1;
        else mustBeAnnounced(after, edit(start, isOurs), two.weight);
      },
    ),
    { numRuns: numRuns / 5, seed: 20_261_122 },
  );
  expect(refused).toBeGreaterThan(numRuns / 100);
});
