import { expect, it } from '@jest/globals';
import { coversHost } from './host.js';
import { refuseAllowList } from './refuse-policy.js';
import { anAllowed } from './testing/index.js';

const tcp = { number: 5432, protocol: 'TCP' } as const;

it.each([
  [{ hosts: ['*'] }, 'allow[0].hosts[0]'],
  [{ hosts: ['a.example.com', 'Api.Example.com'] }, 'allow[0].hosts[1]'],
  [{ hosts: ['https://a.example.com'] }, 'allow[0].hosts[0]'],
  [{ hosts: ['10.0.0.1'] }, 'allow[0].hosts[0]'],
  [{ hosts: ['a*.example.com'] }, 'allow[0].hosts[0]'],
  [{ hosts: ['a.example.com', '*.example.com'] }, 'allow[0].hosts'],
  [{ ports: [tcp, { number: 5432, protocol: 'TLS' } as const] }, 'allow[0].ports[1]'],
  [{ hosts: ['*.example.com'], resolution: 'DNS' as const }, 'allow[0].resolution'],
  [
    { hosts: ['a.example.com', 'b.example.com'], ports: [tcp], resolution: 'DNS' as const },
    'allow[0].hosts',
  ],
])('refuses %j', (wrong, field) => {
  expect(refuseAllowList([anAllowed(wrong)])).toMatchObject({
    code: 'INVALID_EGRESS_POLICY',
    field,
  });
});

it('refuses a host in two entries', () => {
  expect(refuseAllowList([anAllowed(), anAllowed({ owner: 'other' })])).toMatchObject({
    field: 'allow[1].hosts',
  });
});

it('takes wildcards, several ports and names by DNS', () => {
  const dns = anAllowed({ hosts: ['a.example.org'], ports: [tcp], resolution: 'DNS' });
  expect(refuseAllowList([anAllowed({ hosts: ['*.stripe.com'] }), dns])).toBeUndefined();
});

it.each([
  ['*.example.com', 'a.example.com', true],
  ['*.example.com', 'a.b.Example.com', true],
  ['*.example.com', '*.b.example.com', true],
  ['*.example.com', 'example.com', false],
  ['*.b.example.com', '*.example.com', false],
  ['a.example.com', 'b.example.com', false],
  ['*', 'anything', true],
])('%s covers %s: %s', (pattern, host, covers) => {
  expect(coversHost(pattern, host)).toBe(covers);
});
