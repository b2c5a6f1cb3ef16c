import type { ApplyOutcome } from '@spillway/application';
import { routingName, type LiveObject } from '@spillway/domain-istio';
import { describe, expect, it } from '@jest/globals';
import type { ClusterHarness } from './cluster-harness.js';
import { aDestinationRule } from './mesh-objects.js';

export function removeContract(current: () => ClusterHarness): void {
  const rule = (): LiveObject | undefined =>
    current().link.routing(current().service)?.destinationRule;
  const key = () => ({ kind: 'DestinationRule', ...routingName(current().service) }) as const;
  const written = async (): Promise<string> => {
    await current().link.apply(aDestinationRule(current().service, ['v1']), {});
    return rule()?.metadata.resourceVersion ?? 'none';
  };
  const remove = (resourceVersion: string): Promise<ApplyOutcome> =>
    current().link.remove({
      do: 'remove',
      kind: 'DestinationRule',
      place: routingName(current().service),
      resourceVersion,
    });

  describe('remove', () => {
    it('deletes the object that was seen, and shows it no more', async () => {
      expect(await remove(await written())).toEqual({ kind: 'applied' });
      expect(rule()).toBeUndefined();
      expect(await current().read(key())).toBeUndefined();
    });

    it('lets the next one be made at once', async () => {
      await remove(await written());
      await written();
      expect(rule()).toBeDefined();
    });

    it('stops a writer that fell behind', async () => {
      const { link, service } = current();
      const seen = await written();
      await link.apply(aDestinationRule(service, ['v1', 'v2']), { resourceVersion: seen });
      expect(await remove(seen)).toEqual({ kind: 'conflict' });
      expect(rule()?.spec).toEqual(aDestinationRule(service, ['v1', 'v2']).spec);
    });

    it('does not take away one that came in the place of the one that was seen', async () => {
      const seen = await written();
      await current().take(key());
      await current().put({ ...key(), spec: { host: current().service.host } });
      expect(await remove(seen)).toEqual({ kind: 'conflict' });
      expect(await current().read(key())).toBeDefined();
    });

    it('is content with an object that is gone already', async () => {
      const seen = await written();
      await current().take(key());
      expect(await remove(seen)).toEqual({ kind: 'applied' });
      await current().eventually(() => rule() === undefined);
    });
  });
}
