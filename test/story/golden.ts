import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect } from '@jest/globals';

/** Compares a told story with the text that was reviewed. `npm run story -- --update` writes it anew. */
export function expectGolden(text: string, name: string): void {
  const path = new URL(`golden/${name}.golden.txt`, import.meta.url).pathname;
  if (process.env['UPDATE_STORIES'] === '1') {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  const golden = existsSync(path)
    ? readFileSync(path, 'utf8')
    : `${path} is missing: run npm run story -- --update`;
  expect(text).toBe(golden);
}
