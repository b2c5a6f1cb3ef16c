import { readFile } from 'node:fs/promises';
import { expect, it } from '@jest/globals';
import { printedSchema } from './printed.js';

it('is what is committed; run "npm run generate" when it is not', async () => {
  const committed = await readFile(new URL('../../schema.graphql', import.meta.url), 'utf8');
  expect(printedSchema()).toBe(committed);
});
