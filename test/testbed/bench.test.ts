import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';

const tool = fileURLToPath(new URL('../../tools/bench-scale.mjs', import.meta.url));

/** A bench that nobody runs between two releases would not run when it is wanted. */
test('every row of the bench runs', async () => {
  const child = spawn(process.execPath, [tool, '--short'], {
    env: { ...process.env, NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (part: Buffer) => (said += part.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  for (const row of [
    'calls',
    'active',
    'ten-clusters',
    'long-steps',
    'lost-clusters',
    'idle',
    'memory',
    'history',
    'cold-start',
  ]) {
    expect(said).toMatch(new RegExp(`^## .+\\n\\n\`npm run bench -- --only ${row}\` `, 'm'));
  }
  expect(code).toBe(0);
}, 180_000);
