import { splitServiceName, version } from '@spillway/kernel';
import type { MeshService, ObjectPlace, Ownership } from '@spillway/domain-istio';
import { describe, expect, it } from '@jest/globals';
import type { ClusterHarness, HandWritten } from './cluster-harness.js';

export function routingContract(current: () => ClusterHarness): void {
  const namespace = (): string => splitServiceName(current().service.service).namespace;
  const place = (name: string): ObjectPlace => ({ namespace: namespace(), name });
  const owned = (ownership: Ownership): MeshService => ({ ...current().service, ownership });
  const route = () => [{ destination: { host: current().service.host, subset: 'v1' } }];
  const virtualService = (name: string, spec: object): HandWritten => ({
    kind: 'VirtualService',
    ...place(name),
    spec,
  });
  const show = (service: MeshService) => current().link.routing(service);
  const namesOf = (objects: readonly { metadata: { name: string } }[] | undefined) =>
    objects?.map(({ metadata }) => metadata.name);
  const told = () => ({
    cluster: current().link.cluster,
    kind: 'service',
    namespace: namespace(),
    host: current().service.host,
  });

  describe('routing that people own', () => {
    it('is the adopted VirtualService, which is nobody else who claims the host', async () => {
      const service = owned({ kind: 'adopted', virtualService: place('theirs') });
      const { host } = current().service;
      await current().put(virtualService('theirs', { hosts: [host], http: [{ route: route() }] }));
      await current().eventually(() => show(service)?.virtualService !== undefined);
      expect(show(service)).toMatchObject({ virtualService: { metadata: { name: 'theirs' } } });
      expect(show(service)?.virtualServiceSince).toBeDefined();
      expect(show(service)?.foreign).toEqual([]);
      expect(namesOf(show(current().service)?.foreign)).toEqual(['theirs']);
    });

    it('is told of while it is followed, whatever hosts and gateways it has', async () => {
      const { link, changes } = current();
      const service = owned({ kind: 'adopted', virtualService: place('edge') });
      link.follow(service);
      await current().eventually(() => link.readyEndpoints(service, version('v1')) === 0);
      const before = changes.length;
      const spec = { hosts: ['shop.example'], gateways: ['istio-ingress/public'] };
      await current().put(virtualService('edge', { ...spec, http: [{ route: route() }] }));
      await current().eventually(() => show(service)?.virtualService !== undefined);
      expect(changes.slice(before)).toContainEqual(told());
    });

    it('are the roots that hand requests to our delegate, which are told of, too', async () => {
      const { link, changes } = current();
      const service = owned({ kind: 'delegate', virtualService: place('leaf') });
      link.follow(service);
      await current().eventually(() => link.readyEndpoints(service, version('v1')) === 0);
      expect(show(service)?.roots).toEqual([]);
      const root = (name: string, delegate: object, namespaced = namespace()): HandWritten => ({
        ...virtualService(name, {
          hosts: [`${name}.example`],
          gateways: ['istio-ingress/public'],
          http: [{ match: [{ uri: { prefix: '/shop' } }], delegate }],
        }),
        namespace: namespaced,
      });
      const before = changes.length;
      await current().put(root('own', { name: 'leaf' }));
      await current().put(
        root('far', { name: 'leaf', namespace: namespace() }, `${namespace()}-edge`),
      );
      await current().put(root('near', { name: 'leaf' }, `${namespace()}-edge`));
      await current().eventually(() => show(service)?.roots?.length === 2);
      expect(namesOf(show(service)?.roots)?.toSorted()).toEqual(['far', 'own']);
      expect(changes.slice(before)).toContainEqual(told());
      expect(show(current().service)?.roots).toBeUndefined();
    });

    it('includes the rules of callers that hide ours, which are told of, too', async () => {
      const { link, changes, service } = current();
      link.follow(service);
      await current().eventually(() => link.readyEndpoints(service, version('v1')) === 0);
      const before = changes.length;
      const rule = (name: string, at: string, host: string): HandWritten => ({
        kind: 'DestinationRule',
        namespace: at,
        name,
        spec: { host, trafficPolicy: { tls: { mode: 'ISTIO_MUTUAL' } } },
      });
      const callers = `${namespace()}-callers`;
      await current().put(rule('beaten', namespace(), `*.${namespace()}.svc.cluster.local`));
      await current().put(rule('elsewhere', callers, '*.other.svc.cluster.local'));
      await current().put(rule('hides', callers, `*.${namespace()}.svc.cluster.local`));
      await current().eventually(() => show(service)?.foreign.length === 1);
      expect(namesOf(show(service)?.foreign)).toEqual(['hides']);
      expect(changes.slice(before)).toContainEqual(told());
      const asServices = { ...service, versionHost: 'catalog-{version}.shop.svc.cluster.local' };
      expect(show(asServices)?.foreign).toEqual([]);
    });
  });

  describe('a version that is a Service of its own', () => {
    it('has the ready endpoints of that Service', async () => {
      const { link, service } = current();
      const host = `catalog-{version}.${namespace()}.svc.cluster.local`;
      const split = { ...service, versionHost: host };
      link.follow(split);
      await current().eventually(() => link.readyEndpoints(split, version('v1')) === 0);
      await current().setPods(version('v1'), 2, split);
      await current().setPods(version('v2'), 1, split);
      await current().eventually(() => link.readyEndpoints(split, version('v2')) === 1);
      expect(link.readyEndpoints(split, version('v1'))).toBe(2);
      expect(link.readyEndpoints(split, version('v3'))).toBe(0);
    });
  });
}
