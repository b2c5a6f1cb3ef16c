import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { packageCount } from './src/go-build.js';
import { ensureBinaries, TestbedUnavailable } from './src/index.js';

test('binaries are built once and then found', async () => {
  const first = await ensureBinaries();
  const start = performance.now();
  expect(await ensureBinaries()).toEqual(first);
  expect(performance.now() - start).toBeLessThan(1_000);
}, 1_200_000);

test('without Go the build says what to install', async () => {
  const path = process.env['PATH'];
  process.env['PATH'] = '/nowhere';
  try {
    const folder = fileURLToPath(new URL('.', import.meta.url));
    const refused = await packageCount(folder, []).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(TestbedUnavailable);
    expect((refused as TestbedUnavailable).next).toContain('Install Go 1.24 or newer');
  } finally {
    process.env['PATH'] = path;
  }
});
