import { aMoment } from '@spillway/domain-release/testing';
import { after } from '@spillway/kernel';
import type { HookCall } from '../port/hook-call-store.js';

/** `gate` was closed three times in a row. */
export const aHookCall = (overrides: Partial<HookCall> = {}): HookCall => ({
  hook: 'gate',
  point: 'confirm-traffic-increase',
  ordinal: 0,
  slot: 'g2',
  id: '5c1d1fd4-6f0a-4b53-9a4b-0d3d0c6f7a10',
  state: 'closed',
  status: 403,
  detail: 'it answered 403: “Größe”',
  attempts: 1,
  times: 3,
  firstAt: aMoment,
  at: after(aMoment, 20_000),
  tookMs: 12,
  ...overrides,
});
