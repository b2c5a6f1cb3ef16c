import { expect, it } from '@jest/globals';
import { loadConfig } from './load-config.js';

const needed = {
  DATABASE_URL: 'postgres://localhost/spillway',
  SPILLWAY_ENCRYPTION_KEY: '0'.repeat(64),
  SPILLWAY_TOKEN: 'token-of-the-settings',
};

it.each([
  ['on loopback, without a token: whoever is there', {}, { kind: 'loopback' }],
  ['on a network, without a token: nobody', { SPILLWAY_HOST: '0.0.0.0' }, { kind: 'nobody' }],
  [
    'with a token: who has it, also on loopback',
    { SPILLWAY_METRICS_TOKEN: 'token-of-prometheus' },
    { kind: 'token', token: 'token-of-prometheus' },
  ],
])('%s', (_, env, metrics) => {
  expect(loadConfig({ ...needed, ...env }).metrics).toEqual(metrics);
});

it('refuses a token that can be guessed', () => {
  const env = { ...needed, SPILLWAY_METRICS_TOKEN: 'short' };
  expect(() => loadConfig(env)).toThrow('SPILLWAY_METRICS_TOKEN');
});
