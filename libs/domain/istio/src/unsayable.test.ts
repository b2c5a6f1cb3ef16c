import { describe, expect, it } from '@jest/globals';
import {
  unexposed,
  type Exposure,
  type MatchRoute,
  type RequestMatch,
} from '@spillway/domain-traffic';
import { basisPoints, duration } from '@spillway/kernel';
import { aMeshService, anAdoptedService } from './testing/index.js';
import type { MeshService, Ownership } from './traffic.js';
import { unsayable } from './unsayable.js';

const virtualService = { namespace: 'shop', name: 'catalog' };
const dark = (match: RequestMatch, where?: MatchRoute['where']): Exposure => ({
  ...unexposed,
  routes: [{ name: 'testers', match: [match], ...(where && { where }) }],
});
const testers = dark({ port: 80 });
const mirror: Exposure = { ...unexposed, mirror: { share: basisPoints(1), methods: 'safe' } };
const ten: Exposure = { weight: basisPoints(1_000) };
const sticky = { cookie: 'c', lifetime: duration(1_000) };
const delegate: Ownership = { kind: 'delegate', virtualService };
const replicas: Ownership = { kind: 'replicas', deployment: 'catalog-{version}', total: 10 };
const tcp = aMeshService({ protocol: 'tcp' });

describe('what a service cannot have', () => {
  it.each<[string, MeshService, Exposure, string]>([
    [
      'routes for connections',
      tcp,
      testers,
      'tcp has connections and no requests: there is no way for routes by match',
    ],
    [
      'copies of connections',
      aMeshService({ protocol: 'tls' }),
      mirror,
      'tls has connections and no requests: there is no way for copies',
    ],
    [
      'routes by pods',
      aMeshService({ ownership: replicas }),
      testers,
      'without a mesh there is no way for routes by match',
    ],
    [
      'an edge without gateways',
      aMeshService(),
      dark({ port: 80 }, 'edge'),
      '"testers" is for the edge, and the service has no gateways',
    ],
    [
      'an edge of a delegate without gateways',
      aMeshService({ ownership: delegate }),
      dark({ port: 80 }, 'edge'),
      '"testers" is for the edge, and the service has no gateways',
    ],
    [
      'callers that are known at the edge',
      anAdoptedService(),
      dark({ sourceNamespace: 'a' }, 'edge'),
      '"testers" asks for callers that a gateway does not know',
    ],
    [
      'two cookies',
      aMeshService(),
      dark({ cookies: { a: { present: true }, b: { present: true } } }),
      '"testers" asks for more than one condition on cookies; one pattern cannot say that',
    ],
    [
      'a cookie and the header of cookies',
      aMeshService(),
      dark({ cookies: { a: { present: true } }, headers: { cookie: { prefix: 'x' } } }),
      '"testers" asks for more than one condition on cookies; one pattern cannot say that',
    ],
  ])('%s', (_, service, exposure, because) => {
    expect(unsayable({ service, exposure })).toBe(because);
  });

  it('is a cookie where there are connections', () => {
    expect(unsayable({ service: tcp, exposure: ten, sticky })).toContain('no way for cookies');
    expect(unsayable({ service: aMeshService(), exposure: ten, sticky })).toBeUndefined();
  });

  it('is a delegate for connections, from its preparation on', () => {
    const service = aMeshService({ ownership: delegate, protocol: 'tcp' });
    expect(unsayable({ service, exposure: unexposed })).toBe(
      'only HTTP can be handed to another VirtualService, and shop/catalog is tcp',
    );
  });
});

it.each<[string, MeshService, Exposure]>([
  ['weights for connections', tcp, ten],
  ['weights by pods', aMeshService({ ownership: replicas }), ten],
  ['an edge that people have', anAdoptedService(), dark({ port: 80 }, 'edge')],
  [
    'an edge with gateways',
    aMeshService({ edge: { gateways: ['a/b'], hosts: [] } }),
    dark({ port: 80 }, 'edge'),
  ],
  ['callers in the mesh', aMeshService(), dark({ sourceNamespace: 'a' }, 'mesh')],
  ['nothing at all', tcp, unexposed],
])('can have %s', (_, service, exposure) => {
  expect(unsayable({ service, exposure })).toBeUndefined();
});
