import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { pages, root } from './pages.js';
import { references } from './reference.js';

const marked = /<!-- reference: (\w+) -->\n\n[\s\S]*?\n\n<!-- end -->/g;

const written = (text: string): string =>
  text.replaceAll(
    marked,
    (_, name: string) =>
      `<!-- reference: ${name} -->\n\n${references[name]?.() ?? 'unknown'}\n\n<!-- end -->`,
  );

const withReferences = pages.filter(({ text }) => text.includes('<!-- reference:'));

/** `UPDATE_DOCS=1 npm run test:unit -- test/docs` writes them anew. */
it.each(withReferences.map(({ path, text }) => ({ path, text })))(
  'the tables of $path are what the code says',
  ({ path, text }) => {
    const wanted = written(text);
    if (process.env['UPDATE_DOCS'] === '1') writeFileSync(join(root, path), wanted);
    else expect(text).toBe(wanted);
  },
);

it('every reference is in exactly one page', () => {
  const names = withReferences.flatMap(({ text }) =>
    [...text.matchAll(marked)].map(([, name = '']) => name),
  );
  expect(names.toSorted()).toEqual(Object.keys(references).toSorted());
});
