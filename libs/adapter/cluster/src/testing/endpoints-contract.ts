import { describe, expect, it } from '@jest/globals';
import { version } from '@spillway/kernel';
import type { ClusterHarness } from './cluster-harness.js';

const v1 = version('v1');
const v2 = version('v2');

export function endpointsContract(current: () => ClusterHarness): void {
  const ready = (of = v1): number | undefined =>
    current().link.readyEndpoints(current().service, of);

  describe('endpoints', () => {
    it('knows no endpoints of a service that is not followed', async () => {
      await current().setPods(v1, 1);
      expect(ready()).toBeUndefined();
    });

    it('counts the ready endpoints of each version, and none where there are no pods', async () => {
      const { link, service } = current();
      await current().setPods(v1, 2);
      link.follow(service);
      await current().eventually(() => ready(v1) === 2);
      expect(ready(v2)).toBe(0);
    });

    it('tells of pods that come and go while it follows', async () => {
      const { link, service, changes } = current();
      link.follow(service);
      await current().eventually(() => ready(v2) === 0);
      const told = changes.length;
      await current().setPods(v2, 3);
      await current().eventually(() => ready(v2) === 3);
      expect(changes.slice(told)).toContainEqual(
        expect.objectContaining({ kind: 'service', host: service.host }),
      );
      await current().setPods(v2, 0);
      await current().eventually(() => ready(v2) === 0);
    });

    it('knows no endpoints while the cluster does not answer', async () => {
      const { link, service } = current();
      await current().setPods(v1, 2);
      link.follow(service);
      await current().eventually(() => ready(v1) === 2);
      await current().goDown();
      await current().eventually(() => ready(v1) === undefined);
      await current().comeBack();
      await current().eventually(() => ready(v1) === 2);
    });

    it('follows once however often it is asked to, and stops at the first unfollow', async () => {
      const { link, service } = current();
      link.follow(service);
      link.follow(service);
      await current().eventually(() => ready() === 0);
      link.unfollow(service);
      expect(ready()).toBeUndefined();
    });
  });
}
