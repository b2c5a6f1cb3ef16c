import { routingName } from '@spillway/domain-istio';
import { describe, expect, it } from '@jest/globals';
import type { ClusterHarness } from './cluster-harness.js';
import { aDestinationRule, aVirtualService } from './mesh-objects.js';

export function rereadContract(current: () => ClusterHarness): void {
  const shown = () => current().link.routing(current().service);
  const key = (kind: 'DestinationRule' | 'VirtualService') => ({
    kind,
    ...routingName(current().service),
  });

  describe('reread', () => {
    it('shows at once what somebody else wrote, and what somebody else took', async () => {
      const { link, service } = current();
      await link.apply(aDestinationRule(service, ['v1']), {});
      const { spec } = aVirtualService(service, 50);
      await current().put({ ...key('VirtualService'), spec });
      await current().take(key('DestinationRule'));
      expect(await link.reread(service)).toEqual({ kind: 'reread' });
      expect(shown()?.virtualService?.spec).toMatchObject({ hosts: [service.host] });
      expect(shown()?.destinationRule).toBeUndefined();
    });

    it('asks nothing of a service that replica counts route', async () => {
      const { link, service } = current();
      await current().goDown();
      const ownership = { kind: 'replicas', deployment: 'catalog-{version}', total: 4 } as const;
      expect(await link.reread({ ...service, ownership })).toEqual({ kind: 'reread' });
    });

    it('says why nobody answers', async () => {
      await current().goDown();
      expect(await current().link.reread(current().service)).toEqual({
        kind: 'unreachable',
        reason: expect.stringMatching(/./),
      });
    });
  });
}
