import { duration } from '@spillway/kernel';
import type { Hook, HookAnswer } from '../hook/hook.js';
import { aMoment } from './a-release.js';

/** Asks `https://gate.test/` before each increase, ten seconds apart. */
export const aHook = (overrides: Partial<Hook> = {}): Hook => ({
  name: 'gate',
  point: 'confirm-traffic-increase',
  url: 'https://gate.test/',
  timeout: duration(10_000),
  retries: 0,
  interval: duration(10_000),
  failureLimit: 0,
  metadata: {},
  ...overrides,
});

/** `gate` agreed for the whole release, at `aMoment`. */
export const anAnswer = (overrides: Partial<HookAnswer> = {}): HookAnswer => ({
  hook: 'gate',
  slot: 'once',
  outcome: 'open',
  detail: 'it answered 200: OK',
  at: aMoment,
  times: 1,
  ...overrides,
});
