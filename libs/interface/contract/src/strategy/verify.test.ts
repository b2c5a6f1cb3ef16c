import { expect, it } from '@jest/globals';
import { instant } from '@spillway/kernel';
import { toStrategyView } from './strategy-view.js';
import { toStrategy } from './to-strategy.js';

const read = (verify?: string) => {
  const steps = [{ setWeight: 10 }];
  const made = toStrategy({ name: 'a', steps, ...(verify === undefined ? {} : { verify }) });
  if (!made.ok) throw new Error(made.error.message);
  return made.value;
};
const shown = (verify?: string) =>
  toStrategyView({ ...read(verify), version: 1, createdAt: instant(0) }).verify;

it('waits for the read-back unless it is told to wait for the proxies', () => {
  expect(read()).not.toHaveProperty('verify');
  expect(read('readBack')).not.toHaveProperty('verify');
  expect(read('distributed').verify).toBe('distributed');
  expect([shown(), shown('readBack'), shown('distributed')]).toEqual([
    'readBack',
    'readBack',
    'distributed',
  ]);
});

it('refuses to wait for what nobody waits for', () => {
  const made = toStrategy({ name: 'a', steps: [{ setWeight: 10 }], verify: 'observed' });
  expect(made).toMatchObject({ ok: false, error: { field: 'verify' } });
});
