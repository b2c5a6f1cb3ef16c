import type { ApplyOutcome } from '@spillway/application';
import type { IstioObject, LiveObject } from '@spillway/domain-istio';
import { describe, expect, it } from '@jest/globals';
import type { ClusterHarness } from './cluster-harness.js';
import { aDestinationRule, aVirtualService } from './mesh-objects.js';

const APPLIED: ApplyOutcome = { kind: 'applied' };
const CONFLICT: ApplyOutcome = { kind: 'conflict' };

export function applyContract(current: () => ClusterHarness): void {
  const write = async (object: IstioObject): Promise<void> => {
    expect(await current().link.apply(object, {})).toEqual(APPLIED);
  };
  const virtualService = (): LiveObject | undefined =>
    current().link.routing(current().service)?.virtualService;
  const destinationRule = (): LiveObject | undefined =>
    current().link.routing(current().service)?.destinationRule;
  const seen = (object: LiveObject | undefined): { resourceVersion: string } => {
    if (!object) throw new Error('the link does not show the object');
    return { resourceVersion: object.metadata.resourceVersion };
  };

  describe('apply', () => {
    it('shows no routing for a service that nobody routes', () => {
      expect(current().link.routing(current().service)).toEqual({ foreign: [] });
    });

    it('creates an object and shows it at once, with Spillway as the newest manager', async () => {
      const wanted = aVirtualService(current().service, 10);
      await write(wanted);
      expect(virtualService()).toMatchObject({
        kind: 'VirtualService',
        metadata: wanted.metadata,
        spec: wanted.spec,
      });
      expect(virtualService()?.metadata.managers[0]?.name).toBe('spillway');
      expect(current().link.routing(current().service)?.foreign).toEqual([]);
    });

    it('does not overwrite an object that was expected not to exist', async () => {
      const { link, service } = current();
      await write(aVirtualService(service, 10));
      expect(await link.apply(aVirtualService(service, 50), {})).toEqual(CONFLICT);
      expect(virtualService()?.spec).toEqual(aVirtualService(service, 10).spec);
    });

    it('changes the object that was seen, which makes it another one', async () => {
      const { link, service } = current();
      await write(aVirtualService(service, 10));
      const before = seen(virtualService());
      expect(await link.apply(aVirtualService(service, 50), before)).toEqual(APPLIED);
      expect(virtualService()?.spec).toEqual(aVirtualService(service, 50).spec);
      expect(seen(virtualService())).not.toEqual(before);
    });

    it('stops a writer that fell behind', async () => {
      const { link, service } = current();
      await write(aVirtualService(service, 10));
      const before = seen(virtualService());
      await link.apply(aVirtualService(service, 50), before);
      expect(await link.apply(aVirtualService(service, 20), before)).toEqual(CONFLICT);
      expect(virtualService()?.spec).toEqual(aVirtualService(service, 50).spec);
    });

    it('stops a writer that expects an object which is not there', async () => {
      const { link, service } = current();
      const outcome = await link.apply(aVirtualService(service, 10), { resourceVersion: '1' });
      expect(outcome).toEqual(CONFLICT);
      expect(virtualService()).toBeUndefined();
    });

    it('stops a writer that has not seen an edit by hand, and shows it at once with who made it', async () => {
      const { link, service } = current();
      await write(aVirtualService(service, 10));
      const before = seen(virtualService());
      await current().editByHand((spec) => ({
        ...spec,
        hosts: [...(spec.hosts ?? []), 'other.example'],
      }));
      expect(await link.apply(aVirtualService(service, 50), before)).toEqual(CONFLICT);
      expect(virtualService()?.metadata.managers[0]?.name).not.toBe('spillway');
      expect(virtualService()?.spec).toMatchObject({ hosts: [service.host, 'other.example'] });
    });

    it('takes the fields back when it writes after an edit by hand', async () => {
      const { link, service } = current();
      await write(aVirtualService(service, 10));
      await current().editByHand((spec) => ({ ...spec, hosts: ['other.example'] }));
      await current().eventually(() => virtualService()?.metadata.managers[0]?.name !== 'spillway');
      const outcome = await link.apply(aVirtualService(service, 50), seen(virtualService()));
      expect(outcome).toEqual(APPLIED);
      expect(virtualService()?.spec).toEqual(aVirtualService(service, 50).spec);
    });

    it('tells since when the present spec has been there', async () => {
      const { link, service } = current();
      await write(aDestinationRule(service, ['v1']));
      const first = link.routing(service)?.destinationRuleSince;
      await link.apply(aDestinationRule(service, ['v1'], { note: 'x' }), seen(destinationRule()));
      expect(destinationRule()?.metadata.annotations).toMatchObject({ note: 'x' });
      expect(first).toBeDefined();
      expect(link.routing(service)?.destinationRuleSince).toBe(first);
      expect(link.routing(service)?.virtualServiceSince).toBeUndefined();
    });

    it('reports the change of a service by its namespace and host', async () => {
      const { link, service, changes } = current();
      await write(aVirtualService(service, 10));
      const { namespace } = aVirtualService(service, 10).metadata;
      const change = { cluster: link.cluster, kind: 'service', namespace, host: service.host };
      await current().eventually(() => changes.some((told) => told.kind === 'service'));
      expect(changes).toContainEqual(change);
    });
  });
}
