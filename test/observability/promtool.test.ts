import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, expect, it } from '@jest/globals';
import { alerts, folder, root } from './observability-files.js';

const run = promisify(execFile);

const promtool = (...args: string[]): Promise<{ stdout: string }> =>
  run('promtool', args, { cwd: folder, timeout: 60_000 });

let isThere = false;

beforeAll(async () => {
  isThere = await promtool('--version').then(
    () => true,
    () => false,
  );
});

/** A machine without Prometheus may skip it; a build that proves the rules may not. */
const proven = (name: string, prove: () => Promise<void>): void =>
  it(
    name,
    async () => {
      if (isThere) return prove();
      if (process.env['CI'] === 'true') throw new Error('promtool is missing: install Prometheus');
      process.stderr.write(`skipped without promtool: ${name}\n`);
    },
    60_000,
  );

proven('Prometheus understands the alert rules', async () => {
  const { stdout } = await promtool('check', 'rules', 'alerts.yml');
  expect(stdout).toContain(`${alerts.length} rules found`);
});

proven('each alert comes when it should, and not for what only looks like it', async () => {
  const { stdout } = await promtool('test', 'rules', 'alerts.test.yml');
  expect(stdout).toContain('SUCCESS');
});

proven('Prometheus understands the configuration that docker-compose.yml gives it', async () => {
  const config = join(root, 'deploy/compose/prometheus.yml');
  const { stdout } = await promtool('check', 'config', '--syntax-only', config);
  expect(stdout).toContain('SUCCESS');
});

it('every alert has a test', () => {
  const text = readFileSync(join(folder, 'alerts.test.yml'), 'utf8');
  const untested = alerts.filter(
    ({ alert }) => !new RegExp(`"${alert}"|alertname: ${alert}\\b`).test(text),
  );
  expect(untested.map(({ alert }) => alert)).toEqual([]);
});
