import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { root } from './workspace.js';

const tools = ['bench-scale', 'chaos', 'simulate'] as const;

const askedOf = (tool: string, ...options: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'tools', `${tool}.mjs`), ...options],
    { encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '' } },
  );
  return { status, stdout, stderr };
};

it.each(tools)('%s says what it takes, and does nothing else', (tool) => {
  const { status, stdout } = askedOf(tool, '--help');
  expect({ status, stdout }).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/^ {2}--/m),
  });
  expect(stdout).toMatch(/^npm run \w+ takes, after "--":\n/);
});

it.each(tools)(
  '%s refuses an option that it does not take, and names those that it does',
  (tool) => {
    const { status, stderr } = askedOf(tool, '--fast');
    expect(status).toBe(2);
    expect(stderr).toContain(`'--fast'`);
    expect(stderr).toContain('takes, after "--":');
    expect(stderr).not.toContain('    at ');
  },
);

it('a number that is none is refused before anything runs', () => {
  const { status, stderr } = askedOf('chaos', '--kills', 'many');
  expect(status).toBe(2);
  expect(stderr).toContain('--kills takes whole numbers from 1 on, not "many".');
});
