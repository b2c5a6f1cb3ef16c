import { expect, test } from '@jest/globals';
import { ensureBinaries } from './src/index.js';

test('binaries are built once and then found', async () => {
  const first = await ensureBinaries();
  const start = performance.now();
  expect(await ensureBinaries()).toEqual(first);
  expect(performance.now() - start).toBeLessThan(1_000);
}, 1_200_000);
