import { afterEach, describe, expect, it } from '@jest/globals';
import type { ClusterRecord } from '@spillway/application';
import { clusterName, duration, instant } from '@spillway/kernel';
import { json, ScriptedApiServer, type Exchange } from '../../testing/scripted-api-server.js';
import { createKubernetesEgressConnector } from './kubernetes-egress-connector.js';

const record = (connection: ClusterRecord['connection']): ClusterRecord => ({
  name: clusterName('eu-west'),
  labels: {},
  connection,
  metrics: { kind: 'none' },
  createdAt: instant(0),
  updatedAt: instant(0),
});
const connector = createKubernetesEgressConnector(duration(1_000));

describe('an egress link', () => {
  let stop: () => Promise<void>;
  afterEach(() => stop());

  const connect = async (answer: (exchange: Exchange) => void) => {
    const server = new ScriptedApiServer(answer);
    const kubeconfig = await server.start();
    const link = connector.connect(record({ kind: 'kubeconfig', kubeconfig }));
    stop = async () => {
      await link.close();
      await server.stop();
    };
    return { link, server };
  };

  const item = (name: string) => ({ metadata: { name, namespace: 'shop', resourceVersion: '1' } });

  it('reads long lists to their end', async () => {
    const { link } = await connect(({ url, response }) => {
      const isFirst = url.searchParams.get('continue') === null;
      const isSidecars = url.pathname.endsWith('sidecars');
      const more = isFirst && !isSidecars ? { continue: 'next' } : {};
      json(response, {
        metadata: { resourceVersion: '1', ...more },
        items: isSidecars ? [] : [item(isFirst ? 'a' : 'b')],
      });
    });
    const seen = await link.look();
    expect(seen.kind === 'seen' && seen.objects.map(({ metadata }) => metadata.name)).toEqual([
      'a',
      'b',
    ]);
  });

  it('opens no connection before it is asked something', async () => {
    const { server } = await connect(() => undefined);
    expect(server.connections).toBe(0);
  });

  it('says which right is missing, and asks again the next time', async () => {
    let isAllowed = false;
    const { link } = await connect(({ response }) =>
      isAllowed
        ? json(response, { metadata: { resourceVersion: '1' } })
        : json(response, { message: 'sidecars is forbidden' }, 403),
    );
    expect(await link.look()).toEqual({
      kind: 'unreachable',
      reason: 'sidecars is forbidden (403)',
    });
    isAllowed = true;
    expect(await link.look()).toEqual({ kind: 'seen', objects: [] });
  });

  it('says why a connection cannot be used', async () => {
    const link = connector.connect(record({ kind: 'kubeconfig', kubeconfig: 'nonsense' }));
    stop = () => link.close();
    expect(await link.look()).toMatchObject({
      kind: 'unreachable',
      reason: expect.stringMatching(/\S/),
    });
    const place = { kind: 'Sidecar', namespace: 'shop', name: 'default' } as const;
    expect(await link.write({ do: 'remove', place, resourceVersion: '1' })).toMatchObject({
      kind: 'unreachable',
    });
  });
});
