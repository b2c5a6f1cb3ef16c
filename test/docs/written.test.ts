import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { pages, root } from './pages.js';
import { plansOf, scenes } from './rehearsal.js';
import { mark, planMark, planText, warningMark, warnings, written } from './written.js';

const isMarked = (text: string): boolean => /^<!-- (?:written|plan):/m.test(text);

const marked = scenes
  .filter(({ section }) => isMarked(section.text))
  .map((scene) => ({ scene, page: scene.section.page, heading: scene.section.heading }));

it('every mark is in a section that can be planned, and is understood', () => {
  const said = pages.flatMap(({ text }) => [...text.matchAll(/^<!-- (?:written|plan):/gm)]);
  const found = marked.flatMap(({ scene }) => [
    ...scene.section.text.matchAll(mark),
    ...scene.section.text.matchAll(planMark),
  ]);
  expect(found.length).toBe(said.length);
  expect(found.length).toBeGreaterThan(20);
});

/** `UPDATE_DOCS=1 npm run test:unit -- test/docs/written.test.ts` writes it anew. */
it.each(marked)('what $page says under "$heading" is what a release writes', async ({ scene }) => {
  const { page, text } = scene.section;
  const plans = await plansOf(scene);
  const wanted = text
    .replaceAll(mark, (...found) => written(plans, found as string[]))
    .replaceAll(planMark, (_, strategy: string) => planText(plans, strategy))
    .replaceAll(warningMark, (_, strategy: string) => warnings(plans, strategy));
  if (process.env['UPDATE_DOCS'] !== '1') return expect(text).toBe(wanted);
  const path = join(root, page);
  writeFileSync(
    path,
    readFileSync(path, 'utf8').replace(text, () => wanted),
  );
});
