import { describe, expect, it } from '@jest/globals';
import { version } from '@spillway/kernel';
import type { ClusterHarness } from './cluster-harness.js';
import { aVirtualService } from './mesh-objects.js';

export function stateContract(current: () => ClusterHarness): void {
  const becomes = (kind: 'ready' | 'unreachable'): Promise<void> =>
    current().eventually(() => current().link.state().kind === kind);

  describe('state', () => {
    it('reports that it became ready', () => {
      const { link, changes } = current();
      const state = link.state();
      expect(changes).toContainEqual({ cluster: link.cluster, kind: 'state', state });
    });

    it('notices that the cluster does not answer, says why, and keeps what it knew', async () => {
      const { link, service, changes } = current();
      await link.apply(aVirtualService(service, 10), {});
      await current().goDown();
      await becomes('unreachable');
      const state = link.state();
      expect(state).toMatchObject({ reason: expect.stringMatching(/\S/) });
      expect(changes).toContainEqual({ cluster: link.cluster, kind: 'state', state });
      expect(link.routing(service)?.virtualService?.spec).toEqual(
        aVirtualService(service, 10).spec,
      );
    });

    it('answers a write to a dead cluster instead of throwing', async () => {
      const { link, service } = current();
      await current().goDown();
      await becomes('unreachable');
      expect(await link.apply(aVirtualService(service, 10), {})).toMatchObject({
        kind: 'unreachable',
        reason: expect.stringMatching(/\S/),
      });
    });

    it('is ready again after the cluster came back, with its routing and endpoints', async () => {
      const { link, service } = current();
      await current().setPods(version('v1'), 1);
      link.follow(service);
      await current().eventually(() => link.readyEndpoints(service, version('v1')) === 1);
      await link.apply(aVirtualService(service, 10), {});
      await current().goDown();
      await becomes('unreachable');
      await current().comeBack();
      await becomes('ready');
      const written = link.routing(service)?.virtualService;
      expect(written?.spec).toEqual(aVirtualService(service, 10).spec);
      await current().setPods(version('v1'), 2);
      await current().eventually(() => link.readyEndpoints(service, version('v1')) === 2);
      const resourceVersion = written?.metadata.resourceVersion ?? '';
      expect(await link.apply(aVirtualService(service, 50), { resourceVersion })).toEqual({
        kind: 'applied',
      });
    });

    it('probes a healthy cluster as a single ok with its version', async () => {
      expect(await current().link.probe()).toEqual([
        expect.objectContaining({ kind: 'ok', kubernetesVersion: expect.stringMatching(/\d/) }),
      ]);
    });

    it('probes a dead cluster as unreachable', async () => {
      await current().goDown();
      expect(await current().link.probe()).toContainEqual(
        expect.objectContaining({ kind: 'unreachable' }),
      );
    });

    it('falls silent once it is closed', async () => {
      const { link, service, changes } = current();
      await link.close();
      const told = changes.length;
      expect(await link.apply(aVirtualService(service, 10), {})).toMatchObject({
        kind: 'unreachable',
      });
      expect(changes).toHaveLength(told);
    });
  });
}
