import { expect, it } from '@jest/globals';
import { duration } from '@spillway/kernel';
import { aHook } from '../testing/a-hook.js';
import type { Hook } from './hook.js';
import { refuseHooks } from './refuse-hooks.js';

it('has nothing against hooks within their bounds', () => {
  expect(refuseHooks([aHook(), aHook({ name: 'other' })])).toBeUndefined();
});

it.each<[Partial<Hook>, string]>([
  [{ name: 'Not a label' }, 'hooks[1].name'],
  [{ name: 'gate' }, 'hooks[1].name'],
  [{ timeout: duration(0) }, 'hooks[1].timeout'],
  [{ timeout: duration(60_001) }, 'hooks[1].timeout'],
  [{ retries: 11 }, 'hooks[1].retries'],
  [{ retries: 0.5 }, 'hooks[1].retries'],
  [{ interval: duration(999) }, 'hooks[1].interval'],
  [{ failureLimit: -1 }, 'hooks[1].failureLimit'],
  [{ metadata: { cmd: 'x'.repeat(16_384) } }, 'hooks[1].metadata'],
])('refuses a hook with %j', (change, field) => {
  expect(refuseHooks([aHook(), aHook({ name: 'other', ...change })])).toMatchObject({
    code: 'INVALID_STRATEGY',
    field,
  });
});

it('refuses more hooks than anybody can follow', () => {
  const many = Array.from({ length: 21 }, (_, i) => aHook({ name: `hook-${i}` }));
  expect(refuseHooks(many)).toMatchObject({ field: 'hooks' });
});
