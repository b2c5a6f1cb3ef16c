import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { format } from 'prettier';
import { readRoot, root } from './pages.js';
import { schemas } from './schemas.js';

const folder = 'docs/schemas';
const fileOf = (name: string): string => `${folder}/${name}.schema.json`;

/** `UPDATE_DOCS=1 npm run test:unit -- test/docs` writes them anew. */
it.each(Object.entries(schemas))('the schema %s is what the code says', async (name, made) => {
  const path = fileOf(name);
  const wanted = await format(JSON.stringify(made()), { parser: 'json', printWidth: 100 });
  if (process.env['UPDATE_DOCS'] === '1') {
    mkdirSync(join(root, folder), { recursive: true });
    writeFileSync(join(root, path), wanted);
  }
  expect(existsSync(join(root, path)) ? readRoot(path) : 'missing').toBe(wanted);
});

it('every file in docs/schemas is made from the code', () => {
  const known = Object.keys(schemas).map((name) => `${name}.schema.json`);
  expect(readdirSync(join(root, folder)).toSorted()).toEqual(known.toSorted());
});
