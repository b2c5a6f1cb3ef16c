import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { TestbedUnavailable } from './src/index.js';
import { downloadEnvoy, ensureEnvoy } from './src/envoy-binary.js';

test('Envoy is downloaded once and then found', async () => {
  const binary = await ensureEnvoy();
  const start = performance.now();
  expect(await ensureEnvoy()).toBe(binary);
  expect(performance.now() - start).toBeLessThan(1_000);
  const { stdout } = await promisify(execFile)(binary, ['--version']);
  expect(stdout).toContain('1.40.0');
}, 300_000);

test('without Python it says what to install', async () => {
  const refused = await downloadEnvoy('/nowhere/python3', '/nowhere').catch(
    (error: unknown) => error,
  );
  expect(refused).toBeInstanceOf(TestbedUnavailable);
  expect((refused as TestbedUnavailable).next).toContain('Install Python 3 with pip');
});
