import { describe, expect, it } from '@jest/globals';
import { unexposed, type Exposure } from '@spillway/domain-traffic';
import { basisPoints, duration, version } from '@spillway/kernel';
import { parse } from 'yaml';
import { renderDestinationRule, renderVirtualService } from './render.js';
import { aMeshService, aTraffic } from '../testing/index.js';
import type { Traffic } from '../traffic.js';

const specOf = (about: Partial<Traffic> = {}) => renderVirtualService(aTraffic(about)).spec;
const edge = { gateways: ['edge/public'], hosts: ['shop.example.com'] };
const v1 = '{host: catalog.shop.svc.cluster.local, subset: v1, port: {number: 8080}}';
const v2 = '{host: catalog.shop.svc.cluster.local, subset: v2, port: {number: 8080}}';

const becomes = (about: Partial<Traffic>, yaml: string): void =>
  expect(specOf(about)).toEqual(parse(yaml));

describe('a mirror', () => {
  const mirror = (methods: 'all' | 'safe', share = 2_500): Exposure => ({
    ...unexposed,
    mirror: { share: basisPoints(share), methods },
  });

  it('of everything is part of the default route', () => {
    becomes(
      { exposure: mirror('all') },
      `
      hosts: [catalog.shop.svc.cluster.local]
      gateways: [mesh]
      http:
        - name: catalog.0f3a9c1e.g7
          route: [{destination: ${v1}}]
          mirror: ${v2}
          mirrorPercentage: {value: 25}`,
    );
  });

  it('of what is safe to repeat has a route of its own', () => {
    becomes(
      { exposure: mirror('safe', 1) },
      `
      hosts: [catalog.shop.svc.cluster.local]
      gateways: [mesh]
      http:
        - name: catalog.0f3a9c1e.g7.mirrored
          match: [{method: {exact: GET}}, {method: {exact: HEAD}}]
          route: [{destination: ${v1}}]
          mirror: ${v2}
          mirrorPercentage: {value: 0.01}
        - name: catalog.0f3a9c1e.g7
          route: [{destination: ${v1}}]`,
    );
  });
});

describe('sticky sessions', () => {
  const sticky = { cookie: 'catalog', lifetime: duration(3_600_000) };
  const cookie = (of: string) =>
    `catalog=0f3a9c1e.${of}; Path=/; Max-Age=3600; HttpOnly; SameSite=Lax`;

  it('are two routes for those who have the cookie, and a cookie for those who are drawn', () => {
    const pattern = (of: string) => `(.*;\\s*)?catalog=0f3a9c1e\\.${of}(;.*)?`;
    becomes(
      { sticky, exposure: { weight: basisPoints(1) } },
      `
      hosts: [catalog.shop.svc.cluster.local]
      gateways: [mesh]
      http:
        - name: catalog.0f3a9c1e.g7.stay-candidate
          match: [{headers: {cookie: {regex: '${pattern('v2')}'}}}]
          route: [{destination: ${v2}}]
        - name: catalog.0f3a9c1e.g7.stay-stable
          match: [{headers: {cookie: {regex: '${pattern('v1')}'}}}]
          route: [{destination: ${v1}}]
        - name: catalog.0f3a9c1e.g7
          route:
            - destination: ${v1}
              weight: 9999
              headers: {response: {add: {set-cookie: '${cookie('v1')}'}}}
            - destination: ${v2}
              weight: 1
              headers: {response: {add: {set-cookie: '${cookie('v2')}'}}}`,
    );
  });

  it('come after routes by match, which are for some versions whatever the cookie', () => {
    const { http } = specOf({
      sticky,
      exposure: { routes: [{ name: 'testers', match: [{ port: 1 }] }], weight: basisPoints(100) },
    });
    expect(http?.map(({ name }) => name.split('.')[3])).toEqual([
      'testers',
      'stay-candidate',
      'stay-stable',
      undefined,
    ]);
  });

  it.each([0, 10_000])('are over at once with nothing to choose between (%d)', (weight) => {
    const text = JSON.stringify(specOf({ sticky, exposure: { weight: basisPoints(weight) } }));
    expect(text).not.toContain('cookie');
  });

  it('last a second at least', () => {
    const short = { ...sticky, lifetime: duration(1) };
    expect(JSON.stringify(specOf({ sticky: short }))).toContain('Max-Age=1;');
  });
});

describe('connections', () => {
  const split = `[{destination: ${v1}, weight: 90}, {destination: ${v2}, weight: 10}]`;

  it('are split at the port of the service', () => {
    becomes(
      { service: aMeshService({ protocol: 'tcp' }) },
      `
      hosts: [catalog.shop.svc.cluster.local]
      gateways: [mesh]
      tcp: [{match: [{port: 8080}], route: ${split}}]`,
    );
  });

  it('are split at any port of the gateways', () => {
    becomes(
      { service: aMeshService({ protocol: 'tcp', edge }) },
      `
      hosts: [catalog.shop.svc.cluster.local, shop.example.com]
      gateways: [mesh, edge/public]
      tcp:
        - {match: [{port: 8080, gateways: [mesh]}], route: ${split}}
        - {match: [{gateways: [edge/public]}], route: ${split}}`,
    );
  });

  it('that are encrypted are split by the name that the client asks for', () => {
    becomes(
      { service: aMeshService({ protocol: 'tls', edge }) },
      `
      hosts: [catalog.shop.svc.cluster.local, shop.example.com]
      gateways: [mesh, edge/public]
      tls:
        - match: [{port: 8080, sniHosts: [catalog.shop.svc.cluster.local, shop.example.com], gateways: [mesh]}]
          route: ${split}
        - match: [{sniHosts: [catalog.shop.svc.cluster.local, shop.example.com], gateways: [edge/public]}]
          route: ${split}`,
    );
  });

  it('of gRPC are requests', () => {
    const service = aMeshService({ protocol: 'grpc' });
    expect(specOf({ service })).toEqual(specOf());
  });
});

describe('versions that are Services', () => {
  const service = aMeshService({ versionHost: 'catalog-{version}.shop.svc.cluster.local' });

  it('are told apart by host, and have no subset', () => {
    becomes(
      { service },
      `
      hosts: [catalog.shop.svc.cluster.local]
      gateways: [mesh]
      http:
        - name: catalog.0f3a9c1e.g7
          route:
            - {destination: {host: catalog-v1.shop.svc.cluster.local, port: {number: 8080}}, weight: 90}
            - {destination: {host: catalog-v2.shop.svc.cluster.local, port: {number: 8080}}, weight: 10}`,
    );
  });
});

describe('a delegate', () => {
  const virtualService = { namespace: 'mesh', name: 'catalog-routes' };
  const service = aMeshService({ edge, ownership: { kind: 'delegate', virtualService } });

  it('has no hosts and no gateways of its own, and lies where people ask for it', () => {
    const object = renderVirtualService(aTraffic({ service }));
    expect(object.metadata).toMatchObject(virtualService);
    becomes(
      { service },
      `
      http:
        - name: catalog.0f3a9c1e.g7
          route: [{destination: ${v1}, weight: 90}, {destination: ${v2}, weight: 10}]`,
    );
  });

  it('leaves the subsets in the namespace of the service', () => {
    const rule = renderDestinationRule(aTraffic({ service, subsets: [version('v1')] }));
    expect(rule.metadata).toMatchObject({ namespace: 'shop', name: 'catalog-spillway' });
  });
});
