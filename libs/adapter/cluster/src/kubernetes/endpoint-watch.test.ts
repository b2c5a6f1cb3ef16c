import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { duration, instant, serviceName, version } from '@spillway/kernel';
import type { ServerResponse } from 'node:http';
import { holds, json, line, ScriptedApiServer } from '../testing/scripted-api-server.js';
import { ApiSession } from './api-session.js';
import { EndpointWatch } from './endpoint-watch.js';
import { loadKubeconfig } from './kubeconfig.js';

const pod = (name: string, labels: Record<string, string>): object => ({
  metadata: { name, resourceVersion: '1', labels },
});
const ready = (name: string, conditions: object = { ready: true }, kind = 'Pod'): object => ({
  conditions,
  targetRef: { kind, name },
});
const slice = (name: string, ...endpoints: readonly object[]): object => ({
  metadata: { name, resourceVersion: '1' },
  endpoints,
});

describe('the endpoints of a followed service', () => {
  let watch: EndpointWatch;
  let told: number;
  let asked: string[];
  let events: Record<string, ServerResponse>;
  let stop: () => Promise<void>;
  let listed: { pods: readonly object[]; endpointslices: readonly object[] };

  beforeEach(async () => {
    [told, asked, events] = [0, [], {}];
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
      asked.push(`${url.pathname}?${url.searchParams.get('labelSelector')} as ${accept}`);
      json(response, { metadata: { resourceVersion: '1' }, items: listed[resource] });
    });
    const loaded = loadKubeconfig({ kind: 'kubeconfig', kubeconfig: await server.start() });
    if (!loaded.ok) throw new Error(loaded.error);
    const session = new ApiSession(loaded.value, duration(1_000));
    const service = {
      service: serviceName('shop/catalog'),
      host: 'catalog.shop.svc.cluster.local',
      port: 80,
      versionLabel: 'version',
    };
    const clock = { now: () => instant(Date.now()) };
    watch = new EndpointWatch(session, service, clock, () => (told += 1));
    stop = async () => {
      watch.stop();
      await session.close();
      await server.stop();
    };
  });
  afterEach(() => stop());

  const count = (of: string): number | undefined => watch.ready(version(of));
  const begin = async (...endpointslices: readonly object[]): Promise<void> => {
    listed = { ...listed, endpointslices };
    void watch.run();
    await holds(() => events['pods'] !== undefined && events['endpointslices'] !== undefined);
  };

  it('asks for the slices of the service, and for no more of its pods than metadata', async () => {
    await begin();
    expect(asked.toSorted()).toEqual([
      '/api/v1/namespaces/shop/pods?version as application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1',
      '/apis/discovery.k8s.io/v1/namespaces/shop/endpointslices?kubernetes.io/service-name=catalog as application/json',
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

  it('counts no endpoint that is not a pod of a known version', async () => {
    await begin(slice('one', ready('a', {}, 'Node'), ready('unlabelled'), { addresses: [] }));
    expect([count('v1'), count('v2')]).toEqual([0, 0]);
  });

  it('tells a change of the counts, and of nothing else', async () => {
    await begin(slice('one', ready('a')));
    expect(told).toBe(1);
    const { pods, endpointslices } = events;
    if (!pods || !endpointslices) throw new Error('there is no watch');
    line(pods, 'MODIFIED', pod('a', { version: 'v1', other: 'label' }));
    line(endpointslices, 'MODIFIED', slice('one', ready('a'), ready('b')));
    await holds(() => count('v2') === 1);
    line(pods, 'DELETED', pod('a', { version: 'v1' }));
    await holds(() => count('v1') === 0);
    expect(told).toBe(3);
  });
});
