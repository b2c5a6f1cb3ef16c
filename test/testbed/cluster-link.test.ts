import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  aDestinationRule,
  aVirtualService,
  clusterLinkContract,
  theirs,
} from '@spillway/adapter-cluster/testing';
import type { ApplyOutcome } from '@spillway/application';
import {
  routingName,
  type IstioObject,
  type LiveObject,
  type MeshService,
  type PatchOperation,
} from '@spillway/domain-istio';
import { version } from '@spillway/kernel';
import { KubernetesHarness } from './cluster-link-harness.js';
import { startCluster, until, type Call, type KubeObject, type TestCluster } from './src/index.js';

let cluster: TestCluster;
beforeAll(async () => {
  cluster = await startCluster('link');
}, 600_000);
afterAll(() => cluster.stop());

describe('a link to a real API server', () => {
  clusterLinkContract(() => KubernetesHarness.make(cluster));

  describe('beyond the contract', () => {
    let harness: KubernetesHarness;
    let began: number;
    beforeEach(async () => {
      began = Date.now();
      harness = await KubernetesHarness.make(cluster);
      await harness.eventually(() => harness.link.state().kind === 'ready');
    });
    afterEach(() => harness.dispose());

    const istio = (namespace: string, plural: string): string =>
      `/apis/networking.istio.io/v1/namespaces/${namespace}/${plural}`;
    const calls = (): Promise<Call[]> => cluster.calls('spillway', began);
    const foreign = (): readonly string[] =>
      (harness.link.routing(harness.service)?.foreign ?? []).map(
        ({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`,
      );
    const virtualService = (): LiveObject | undefined =>
      harness.link.routing(harness.service)?.virtualService;

    it('lists and watches each kind once, for a long time, and needs no call to look', async () => {
      const isWatch = ({ verb }: Call): boolean => verb === 'watch';
      const watching = async (): Promise<boolean> => (await calls()).filter(isWatch).length >= 2;
      await until(watching, { what: 'both watches have begun', withinMs: 5_000 });
      const before = await calls();
      const lists = before.filter((call) => !isWatch(call));
      expect(lists.map(({ verb, resource }) => `${verb} ${resource}`).toSorted()).toEqual([
        'list destinationrules',
        'list virtualservices',
      ]);
      for (const { uri } of before.filter(isWatch)) {
        expect(Number(/timeoutSeconds=(\d+)/.exec(uri)?.[1])).toBeGreaterThanOrEqual(1_800);
      }
      for (let n = 0; n < 1_000; n += 1) harness.link.routing(harness.service);
      expect(await calls()).toHaveLength(before.length);
    });

    it('writes with one call, over connections that are kept', async () => {
      const sockets = (): number =>
        process.getActiveResourcesInfo().filter((kind) => kind === 'TCPSocketWrap').length;
      await harness.link.apply(aVirtualService(harness.service, 0), {});
      const before = sockets();
      for (let n = 1; n <= 50; n += 1) {
        const { resourceVersion } = virtualService()?.metadata ?? { resourceVersion: '' };
        await harness.link.apply(aVirtualService(harness.service, n), { resourceVersion });
      }
      expect(sockets()).toBeLessThanOrEqual(before);
      const writes = (await calls()).filter(({ verb }) => verb === 'patch');
      expect(writes).toHaveLength(51);
      expect((await calls()).filter(({ verb }) => verb === 'get')).toEqual([]);
    });

    it('does not create what was deleted after it was seen', async () => {
      await harness.link.apply(aVirtualService(harness.service, 10), {});
      const {
        namespace,
        name,
        resourceVersion = '',
      } = virtualService()?.metadata ?? {
        namespace: '',
        name: '',
      };
      const other = KubernetesHarness.join(harness);
      await other.eventually(() => other.link.state().kind === 'ready');
      await cluster.admin.deleteVirtualService(namespace, name);
      const outcome = await other.link.apply(aVirtualService(harness.service, 50), {
        resourceVersion,
      });
      await other.dispose();
      expect(outcome).toEqual({ kind: 'conflict' });
      expect(await cluster.admin.readVirtualService(namespace, name)).toBeUndefined();
      await harness.eventually(() => virtualService() === undefined);
    });

    it('sees what others route for the same host, wherever it is and however they write it', async () => {
      const { namespace, service } = harness;
      const elsewhere = `${namespace}-guests`;
      await cluster.admin.createNamespace(elsewhere);
      const make = (at: string, kind: string, name: string, spec: object): Promise<KubeObject> =>
        cluster.admin.apply(istio(at, `${kind.toLowerCase()}s`), {
          apiVersion: 'networking.istio.io/v1',
          kind,
          metadata: { name, namespace: at },
          spec,
        });
      const route = [{ destination: { host: service.host } }];
      const spec = (hosts: readonly string[], gateways?: readonly string[]): object => ({
        hosts,
        ...(gateways && { gateways }),
        http: [{ route }],
      });
      await make(namespace, 'VirtualService', 'short', spec(['catalog']));
      await make(elsewhere, 'VirtualService', 'full', spec(['x.example', service.host], ['mesh']));
      await make(elsewhere, 'VirtualService', 'same-short-name', spec(['catalog']));
      await make(elsewhere, 'VirtualService', 'edge-only', spec([service.host], ['istio/edge']));
      await make(elsewhere, 'DestinationRule', 'rule', { host: `catalog.${namespace}.svc` });
      await make(namespace, 'DestinationRule', 'catalog-spillway', { host: service.host });
      await harness.eventually(() => foreign().length === 4);
      expect(foreign()).toEqual([
        `DestinationRule ${elsewhere}/rule`,
        `DestinationRule ${namespace}/catalog-spillway`,
        `VirtualService ${elsewhere}/full`,
        `VirtualService ${namespace}/short`,
      ]);
    });

    it('passes on in one line why the API server refuses an object', async () => {
      const { service, link } = harness;
      const good = aVirtualService(service, 10);
      const route = (destination: object, more = {}): IstioObject => ({
        ...good,
        spec: { ...good.spec, http: [{ name: 'a', route: [{ destination, ...more }] }] } as never,
      });
      const { host } = service;
      expect(await link.apply(route({}), {})).toMatchObject({
        kind: 'refused',
        reason: expect.stringContaining('destination.host: Required value'),
      });
      expect(await link.apply(route({ host }, { bogus: 1 }), {})).toMatchObject({
        kind: 'refused',
        reason: expect.stringContaining('.bogus: field not declared in schema'),
      });
      const nowhere = { ...good, metadata: { ...good.metadata, namespace: 'nowhere' } };
      expect(await link.apply(nowhere, {})).toEqual({
        kind: 'refused',
        reason: 'namespaces "nowhere" not found (404)',
      });
    });

    describe('that patches an object that people own', () => {
      const service = (): MeshService => {
        const { namespace, name } = theirs(harness.service);
        const virtualService = { namespace, name };
        return { ...harness.service, ownership: { kind: 'adopted', virtualService } };
      };
      const shown = (): LiveObject | undefined => harness.link.routing(service())?.virtualService;
      const patch = (...operations: readonly PatchOperation[]): Promise<ApplyOutcome> =>
        harness.link.patch({
          do: 'patch',
          kind: 'VirtualService',
          place: theirs(harness.service),
          operations,
          resourceVersion: shown()?.metadata.resourceVersion ?? 'none',
        });
      beforeEach(async () => {
        await harness.put(theirs(harness.service));
        await harness.eventually(() => shown() !== undefined);
      });

      it('takes one call and no read for each', async () => {
        for (let n = 1; n <= 20; n += 1) {
          const value = { destination: { host: harness.service.host, subset: 'v1' }, weight: n };
          const path = '/spec/http/1/route/0';
          expect(await patch({ op: 'replace', path, value })).toEqual({ kind: 'applied' });
        }
        const made = (await calls()).filter(({ verb }) => verb !== 'watch' && verb !== 'list');
        expect(made.map(({ verb }) => verb)).toEqual(Array<string>(20).fill('patch'));
      });

      it('passes on in one line why the API server refuses it', async () => {
        const path = '/spec/http/1/route/0';
        expect(await patch({ op: 'replace', path, value: { destination: {} } })).toMatchObject({
          kind: 'refused',
          reason: expect.stringContaining('destination.host: Required value'),
        });
        expect(await patch({ op: 'add', path: '/spec/http/1/bogus', value: 1 })).toEqual({
          kind: 'refused',
          reason: 'strict decoding error: unknown field "spec.http[1].bogus" (422)',
        });
      });
    });

    it('does not take for removed what a finalizer keeps', async () => {
      const { link, service, namespace } = harness;
      const { name } = routingName(service);
      const finalizers = ['example.com/keep'];
      const rule = (): LiveObject | undefined => link.routing(service)?.destinationRule;
      await cluster.admin.apply(istio(namespace, 'destinationrules'), {
        apiVersion: 'networking.istio.io/v1',
        kind: 'DestinationRule',
        metadata: { name, namespace, finalizers } as KubeObject['metadata'],
        spec: { host: service.host },
      });
      await harness.eventually(() => rule() !== undefined);
      const { resourceVersion = 'none' } = rule()?.metadata ?? {};
      const place = { namespace, name };
      const write = { do: 'remove', kind: 'DestinationRule', place, resourceVersion } as const;
      expect(await link.remove(write)).toEqual({
        kind: 'refused',
        reason: 'it stays until example.com/keep lets it go',
      });
      expect(rule()).toBeDefined();
    });

    it('notices a killed API server and its return within two seconds each', async () => {
      const { link, changes } = harness;
      harness.link.follow(harness.service);
      const killed = Date.now();
      await harness.goDown();
      await harness.eventually(() => link.state().kind === 'unreachable');
      expect(link.state().since - killed).toBeLessThan(2_000);
      await harness.comeBack();
      const back = Date.now();
      await harness.eventually(() => link.state().kind === 'ready');
      expect(link.state().since - back).toBeLessThan(2_000);
      const states = changes.flatMap((told) => (told.kind === 'state' ? [told.state.kind] : []));
      expect(new Set(states)).toEqual(new Set(['ready', 'unreachable']));
    });

    it('gives up a write that gets no answer, and from then on doubts the server', async () => {
      const { link, service } = harness;
      cluster.freeze();
      try {
        expect(await link.apply(aDestinationRule(service, ['v1']), {})).toEqual({
          kind: 'unreachable',
          reason: 'no answer in time',
        });
        await harness.eventually(() => link.state().kind === 'unreachable');
      } finally {
        cluster.thaw();
      }
      await harness.eventually(() => link.state().kind === 'ready');
    });

    it('catches up on everything that happened while it could not watch', async () => {
      const { link, service } = harness;
      link.follow(service);
      await link.apply(aVirtualService(service, 10), {});
      await harness.eventually(() => link.readyEndpoints(service, version('v1')) === 0);
      const blind = await harness.withoutRole(async () => {
        await cluster.kill();
        await cluster.restart();
        await harness.eventually(() => link.state().kind === 'unreachable');
        await harness.setPods(version('v1'), 2);
        await harness.editByHand((spec) => ({ ...spec, hosts: ['other.example'] }));
        return virtualService()?.spec;
      });
      expect(blind).toMatchObject({ hosts: [service.host] });
      await harness.eventually(() => link.state().kind === 'ready');
      expect(virtualService()?.spec).toMatchObject({ hosts: ['other.example'] });
      await harness.eventually(() => link.readyEndpoints(service, version('v1')) === 2);
    });
  });
});
