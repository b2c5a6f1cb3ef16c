import { describe, expect, it } from '@jest/globals';
import { serviceName } from '@spillway/kernel';
import { claims, claimsOf } from './claim.js';
import type { IstioKind, LiveObject } from './istio-object.js';

const object = (kind: IstioKind, spec: unknown, namespace = 'shop'): LiveObject => ({
  kind,
  metadata: {
    name: 'a',
    namespace,
    labels: {},
    annotations: {},
    resourceVersion: '1',
    managers: [],
  },
  spec,
});
const service = {
  service: serviceName('shop/catalog'),
  host: 'catalog.shop.svc.cluster.local',
  port: 80,
  versionLabel: 'version',
};
const claimsCatalog = (live: LiveObject): boolean => claims(live, service);

describe('a claim on a host', () => {
  it.each([
    ['catalog.shop.svc.cluster.local', 'elsewhere'],
    ['catalog.shop.svc.cluster.local.', 'elsewhere'],
    ['catalog.shop.svc', 'elsewhere'],
    ['catalog.shop', 'elsewhere'],
    ['catalog', 'shop'],
  ])('is %s written in namespace %s', (host, namespace) => {
    expect(claimsCatalog(object('VirtualService', { hosts: ['other', host] }, namespace))).toBe(
      true,
    );
    expect(claimsCatalog(object('DestinationRule', { host }, namespace))).toBe(true);
  });

  it.each([['catalog'], ['*.shop.svc.cluster.local'], ['*'], ['shop.example.com']])(
    'is not %s written in another namespace',
    (host) => {
      expect(claimsCatalog(object('VirtualService', { hosts: [host] }, 'elsewhere'))).toBe(false);
    },
  );

  it('is made in the mesh unless the object is bound to gateways only', () => {
    const bound = (gateways?: readonly string[]): LiveObject =>
      object('VirtualService', { hosts: ['catalog'], ...(gateways && { gateways }) });
    expect(claimsCatalog(bound())).toBe(true);
    expect(claimsCatalog(bound([]))).toBe(true);
    expect(claimsCatalog(bound(['edge', 'mesh']))).toBe(true);
    expect(claimsCatalog(bound(['edge']))).toBe(false);
  });

  it('is not made by what has no sense', () => {
    expect(claimsOf(object('VirtualService', { hosts: 'catalog' }))).toEqual([]);
    expect(claimsOf(object('VirtualService', undefined))).toEqual([]);
    expect(claimsOf(object('DestinationRule', { host: 7 }))).toEqual([]);
  });

  it('tells the full host and the namespace of the service that it is about', () => {
    expect(claimsOf(object('VirtualService', { hosts: ['cart', 'pay.money', 'x.io'] }))).toEqual([
      { key: 'cart.shop', host: 'cart.shop.svc.cluster.local', namespace: 'shop' },
      { key: 'pay.money', host: 'pay.money.svc.cluster.local', namespace: 'money' },
      { key: 'x.io', host: 'x.io.svc.cluster.local', namespace: 'io' },
    ]);
    const foreignDomain = object('DestinationRule', { host: 'a.b.svc.mesh.internal' });
    expect(claimsOf(foreignDomain)).toEqual([
      { key: 'a.b', host: 'a.b.svc.mesh.internal', namespace: 'b' },
    ]);
    const outside = object('DestinationRule', { host: 'api.pay.example.com' });
    expect(claimsOf(outside)).toEqual([
      { key: 'api.pay.example.com', host: 'api.pay.example.com', namespace: 'shop' },
    ]);
  });
});
