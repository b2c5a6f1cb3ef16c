import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { pictures } from './pictures.js';

const folder = join(import.meta.dirname, '..', '..', '..', 'docs', 'pictures');
const fileOf = (name: string): string => join(folder, `${name}.svg`);

/** Bytes: a page with all of them loads at once. */
const largest = 60_000;

/** `UPDATE_PICTURES=1 npm run test:unit -- test/bench/pictures` draws them anew. */
it.each(Object.entries(pictures))('%s is what the judges make of its data', (name, make) => {
  const drawn = make();
  if (process.env['UPDATE_PICTURES'] === '1') {
    mkdirSync(folder, { recursive: true });
    writeFileSync(fileOf(name), drawn);
  }
  expect(drawn.length).toBeLessThan(largest);
  expect(existsSync(fileOf(name)) ? readFileSync(fileOf(name), 'utf8') : 'missing').toBe(drawn);
});

it('every picture is drawn by a script', () => {
  const known = Object.keys(pictures).map((name) => `${name}.svg`);
  expect(readdirSync(folder).toSorted()).toEqual(known.toSorted());
});
