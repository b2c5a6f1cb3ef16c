import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { duration, instant, serviceName, version } from '@spillway/kernel';
import type { ServerResponse } from 'node:http';
import { holds, json, line, ScriptedApiServer } from '../testing/scripted-api-server.js';
import { ApiSession } from './api-session.js';
import { EndpointWatch } from './endpoint-watch.js';
import { SharedEndpoints } from './shared-endpoints.js';
import { serverOfKubeconfig } from './kubeconfig.js';

const pod = (name: string, labels: Record<string, string>): object => ({
  metadata: { name, resourceVersion: '1', labels },
});
const ready = (name: string, conditions: object = { ready: true }, kind = 'Pod'): object => ({
  conditions,
  targetRef: { kind, name },
});
const sliceOf = (service: string, name: string, ...endpoints: readonly object[]): object => ({
  metadata: { name, resourceVersion: '1', labels: { 'kubernetes.io/service-name': service } },
  endpoints,
});
const slice = (name: string, ...endpoints: readonly object[]): object =>
  sliceOf('catalog', name, ...endpoints);

describe('the endpoints of a followed service', () => {
  let shared: SharedEndpoints;
  let watch: EndpointWatch;
  let told: number;
  let asked: string[];
  let events: Record<string, ServerResponse>;
  let stop: () => Promise<void>;
  let refused: Set<string>;
  let listed: { pods: readonly object[]; endpointslices: readonly object[] };

  beforeEach(async () => {
    [told, asked, events, refused] = [0, [], {}, new Set()];
    listed = {
      pods: [pod('a', { version: 'v1' }), pod('b', { version: 'v2' })],
      endpointslices: [],
    };
    const server = new ScriptedApiServer(({ url, response }) => {
      const resource = url.pathname.split('/').at(-1) as keyof typeof listed;
      if (url.searchParams.has('watch')) {
        events[resource] = response.writeHead(200);
        return response.flushHeaders();
      }
      const accept = String(response.req.headers.accept);
      if (refused.has(resource)) return json(response, { message: 'may not list' }, 403);
      asked.push(`${url.pathname}?${url.searchParams.get('labelSelector')} as ${accept}`);
      json(response, { metadata: { resourceVersion: '1' }, items: listed[resource] });
    });
    const loaded = serverOfKubeconfig(await server.start());
    if (!loaded.ok) throw new Error(loaded.error);
    const session = new ApiSession(loaded.value, duration(1_000));
    shared = new SharedEndpoints(session, { now: () => instant(Date.now()) });
    watch = watchOf('catalog', () => (told += 1));
    stop = async () => {
      watch.stop();
      await session.close();
      await server.stop();
    };
  });
  afterEach(() => stop());

  const watchOf = (name: string, changed = (): unknown => undefined): EndpointWatch => {
    const service = {
      service: serviceName(`shop/${name}`),
      host: `${name}.shop.svc.cluster.local`,
      port: 80,
      versionLabel: 'version',
    };
    return new EndpointWatch(shared.in('shop'), service, changed);
  };
  const count = (of: string): number | undefined => watch.ready(version(of));
  const eventsOf = (resource: keyof typeof listed): ServerResponse => {
    const stream = events[resource];
    if (stream === undefined) throw new Error(`nobody watches ${resource}`);
    return stream;
  };
  const begin = async (...endpointslices: readonly object[]): Promise<void> => {
    listed = { ...listed, endpointslices };
    void watch.run();
    await holds(() => events['pods'] !== undefined && events['endpointslices'] !== undefined);
  };

  it('asks for the slices of the service, and for no more of its pods than metadata', async () => {
    await begin();
    expect(asked.toSorted()).toEqual([
      '/api/v1/namespaces/shop/pods?null as application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1',
      '/apis/discovery.k8s.io/v1/namespaces/shop/endpointslices?kubernetes.io/service-name as application/json',
    ]);
  });

  it('counts a pod once, in however many slices it is', async () => {
    await begin(slice('ipv4', ready('a'), ready('b')), slice('ipv6', ready('a')));
    expect([count('v1'), count('v2'), count('v3')]).toEqual([1, 1, 0]);
  });

  it('counts what is ready or does not say, and nothing else', async () => {
    await begin(slice('one', ready('a', {}), ready('b', { ready: false })));
    expect([count('v1'), count('v2')]).toEqual([1, 0]);
  });

  it('counts no endpoint that is not a pod with a version', async () => {
    listed = { ...listed, pods: [...listed.pods, pod('unlabelled', {})] };
    await begin(slice('one', ready('a', {}, 'Node'), ready('unlabelled'), { addresses: [] }));
    expect([count('v1'), count('v2')]).toEqual([0, 0]);
  });

  it('does not say none of a version while the version of a ready pod is unknown', async () => {
    await begin(slice('one', ready('a'), ready('new')));
    expect([count('v1'), count('v2')]).toEqual([1, undefined]);
    line(eventsOf('pods'), 'ADDED', pod('new', { version: 'v3' }));
    await holds(() => count('v2') === 0);
    expect([count('v1'), count('v3')]).toEqual([1, 1]);
  });

  it.each([['pods'], ['endpointslices']] as const)(
    'knows nothing while %s cannot be watched, tells so, and counts anew afterwards',
    async (resource) => {
      await begin(slice('one', ready('a')));
      refused.add(resource);
      const toldBefore = told;
      eventsOf(resource).destroy();
      await holds(() => count('v1') === undefined);
      expect(told).toBe(toldBefore + 1);
      listed = { pods: [pod('a', { version: 'v2' })], endpointslices: [slice('one', ready('a'))] };
      refused.clear();
      await holds(() => count('v1') !== undefined);
      // The pods of the other case were not listed again: they still say v1.
      expect(count('v1')).toBe(resource === 'pods' ? 0 : 1);
    },
  );

  it('knows nothing from a doubt until everything is listed again', async () => {
    await begin(slice('one', ready('a')));
    watch.doubt('a write got no answer');
    await holds(() => count('v1') === undefined);
    await holds(() => count('v1') === 1);
    expect(asked).toHaveLength(4);
  });

  it('tells a change of the counts, and of nothing else', async () => {
    await begin(slice('one', ready('a')));
    expect(told).toBe(1);
    line(eventsOf('pods'), 'MODIFIED', pod('a', { version: 'v1', other: 'label' }));
    line(eventsOf('endpointslices'), 'MODIFIED', slice('one', ready('a'), ready('b')));
    await holds(() => count('v2') === 1);
    line(eventsOf('endpointslices'), 'MODIFIED', slice('one', ready('b')));
    await holds(() => count('v1') === 0);
    expect(told).toBe(3);
  });

  it('are known at once to who follows another service of the namespace, and nothing is asked again', async () => {
    await begin(slice('one', ready('a')), sliceOf('orders', 'two', ready('b'), ready('a')));
    await holds(() => count('v1') === 1);
    let news = 0;
    const other = watchOf('orders', () => (news += 1));
    void other.run();
    expect([other.ready(version('v1')), other.ready(version('v2'))]).toEqual([1, 1]);
    expect(asked).toHaveLength(2);
    line(eventsOf('endpointslices'), 'MODIFIED', sliceOf('orders', 'two', ready('b')));
    await holds(() => other.ready(version('v1')) === 0);
    expect([news, told]).toEqual([1, 1]);
    other.stop();
  });

  it('are watched until nobody follows a service of the namespace any more', async () => {
    await begin(slice('one', ready('a')));
    const other = watchOf('orders');
    const ended = other.run();
    watch.stop();
    line(eventsOf('endpointslices'), 'MODIFIED', sliceOf('orders', 'two', ready('a')));
    await holds(() => other.ready(version('v1')) === 1);
    other.stop();
    await ended;
    expect(shared.in('shop').readyPods('orders')).toBeUndefined();
  });

  it('belong to the service that the label of a slice says now', async () => {
    await begin(slice('one', ready('a')));
    await holds(() => count('v1') === 1);
    line(eventsOf('endpointslices'), 'MODIFIED', sliceOf('orders', 'one', ready('a')));
    await holds(() => count('v1') === 0);
    line(eventsOf('endpointslices'), 'DELETED', sliceOf('orders', 'one', ready('a')));
    line(eventsOf('endpointslices'), 'ADDED', slice('three', ready('b')));
    await holds(() => count('v2') === 1);
  });
});
