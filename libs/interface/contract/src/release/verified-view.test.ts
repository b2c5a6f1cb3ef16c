import { expect, it } from '@jest/globals';
import type { Rollout } from '@spillway/domain-release';
import { aMoment } from '@spillway/domain-release/testing';
import { basisPoints, clusterName, generation } from '@spillway/kernel';
import { toVerifiedView } from './verified-view.js';

const bare: Rollout = {
  cluster: clusterName('eu'),
  wave: 0,
  desired: { generation: generation(2), weight: basisPoints(1_000) },
};
const at = '2026-01-05T10:00:00.000Z';
const applied = { applied: { generation: generation(2), at: aMoment } };
const distributed = { distributed: { at: aMoment, proxies: 3 } };
const observed = { observed: { at: aMoment, detail: '10 % of 500 requests' } };

it.each<[string, Partial<Rollout>, unknown]>([
  ['nothing is known', {}, { level: 'pending' }],
  [
    'an older generation was applied',
    { applied: { generation: generation(1), at: aMoment } },
    { level: 'pending' },
  ],
  ['the API server read it back', applied, { level: 'readBack', at }],
  [
    'proxies are behind',
    { ...applied, delayed: 'gw-0 is behind' },
    { level: 'readBack', at, delayed: 'gw-0 is behind' },
  ],
  ['the proxies have it', { ...applied, ...distributed }, { level: 'distributed', at, proxies: 3 }],
  [
    'requests are split so though nobody asked the proxies',
    { ...applied, ...observed },
    { level: 'observed', at, observed: '10 % of 500 requests' },
  ],
  [
    'all of it is known',
    { ...applied, ...distributed, ...observed },
    { level: 'observed', at, proxies: 3, observed: '10 % of 500 requests' },
  ],
])('gives the highest level when %s', (_, rollout, expected) => {
  expect(toVerifiedView({ ...bare, ...rollout })).toEqual(expected);
});
