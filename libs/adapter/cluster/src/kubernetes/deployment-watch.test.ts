import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { MeshService, Write } from '@spillway/domain-istio';
import { version } from '@spillway/kernel';
import { holds, json, line, type Exchange } from '../testing/scripted-api-server.js';
import { ScriptedCluster } from '../testing/scripted-cluster.js';
import { catalog, ScriptedLink } from '../testing/scripted-link.js';

const service: MeshService = {
  ...catalog,
  ownership: { kind: 'replicas', deployment: 'catalog-{version}', total: 4 },
};
const deployment = (name: string, replicas: number, ready: number, resourceVersion = '1') => ({
  kind: 'Deployment',
  metadata: { name, namespace: 'shop', uid: name, resourceVersion },
  spec: { replicas },
  status: { readyReplicas: ready },
});
const scaleTo = (replicas: number, resourceVersion = '1'): Extract<Write, { do: 'patch' }> => ({
  do: 'patch',
  kind: 'Deployment',
  place: { namespace: 'shop', name: 'catalog-v2' },
  operations: [{ op: 'replace', path: '/spec/replicas', value: replicas }],
  resourceVersion,
});
const scale = (replicas: number, resourceVersion: string) => ({
  kind: 'Scale',
  metadata: { name: 'catalog-v2', namespace: 'shop', uid: 'catalog-v2', resourceVersion },
  spec: replicas === 0 ? {} : { replicas },
  status: { replicas: 2 },
});

describe('the Deployments of a followed service', () => {
  let cluster: ScriptedCluster;
  let scripted: ScriptedLink;
  beforeEach(async () => {
    cluster = new ScriptedCluster();
    cluster.items.set('deployments', [
      deployment('catalog-v1', 4, 3),
      deployment('catalog-v2', 2, 2),
      deployment('cart-v1', 1, 1),
    ]);
    scripted = await ScriptedLink.connect(cluster);
  });
  afterEach(() => scripted.dispose());

  const found = () => scripted.link.routing(service)?.deployments;
  const following = async (): Promise<void> => {
    scripted.link.follow(service);
    await holds(() => found() !== undefined);
    await cluster.watching('deployments');
  };
  const answering = (answer: (exchange: Exchange, method: string) => void): void => {
    cluster.answer = answer;
  };

  it('are known by version while it is followed, and nothing is before', async () => {
    expect(scripted.link.routing(service)).toBeUndefined();
    await following();
    expect([...(found()?.entries() ?? [])]).toEqual([
      ['v1', { name: 'catalog-v1', replicas: 4, ready: 3, resourceVersion: '1' }],
      ['v2', { name: 'catalog-v2', replicas: 2, ready: 2, resourceVersion: '1' }],
    ]);
    expect(scripted.link.readyEndpoints(service, version('v1'))).toBe(3);
    expect(scripted.link.readyEndpoints(service, version('v3'))).toBe(0);
  });

  it('are scaled by one call, whose answer is known at once and leaves ready pods as they are', async () => {
    await following();
    answering(({ response }) => json(response, scale(0, '7')));
    expect(await scripted.link.patch(scaleTo(0))).toEqual({ kind: 'applied' });
    expect(cluster.calls.at(-1)).toBe(
      'PATCH /apis/apps/v1/namespaces/shop/deployments/catalog-v2/scale',
    );
    expect(found()?.get(version('v2'))).toEqual({
      name: 'catalog-v2',
      replicas: 0,
      ready: 2,
      resourceVersion: '7',
    });
  });

  it('are not taken back by news from before the write', async () => {
    await following();
    answering(({ response }) => json(response, scale(3, '7')));
    await scripted.link.patch(scaleTo(3));
    const watch = cluster.watches.get('deployments');
    if (watch === undefined) throw new Error('nobody watches');
    line(watch, 'MODIFIED', deployment('catalog-v2', 2, 1, '6'));
    line(watch, 'MODIFIED', deployment('catalog-v1', 4, 4, '8'));
    await holds(() => found()?.get(version('v1'))?.ready === 4);
    expect(found()?.get(version('v2'))?.replicas).toBe(3);
  });

  it('are looked at again after a conflict', async () => {
    await following();
    answering(({ response }, method) =>
      method === 'GET'
        ? json(response, scale(3, '9'))
        : json(response, { message: 'the object has been modified' }, 409),
    );
    expect(await scripted.link.patch(scaleTo(0))).toEqual({ kind: 'conflict' });
    expect(found()?.get(version('v2'))).toMatchObject({ replicas: 3, resourceVersion: '9' });
  });

  it('are not known while their watch is broken', async () => {
    await following();
    cluster.answerList = (collection, { response }) => {
      if (collection === 'deployments') json(response, { message: 'no' }, 403);
      return collection === 'deployments';
    };
    cluster.watches.get('deployments')?.destroy();
    await holds(() => scripted.link.routing(service) === undefined);
  });
});
