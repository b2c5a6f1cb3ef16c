import type { ApplyOutcome } from '@spillway/application';
import {
  adopt,
  type LiveObject,
  type MeshService,
  type PatchOperation,
  type Traffic,
} from '@spillway/domain-istio';
import { aTraffic } from '@spillway/domain-istio/testing';
import { unexposed } from '@spillway/domain-traffic';
import { describe, expect, it } from '@jest/globals';
import type { ClusterHarness, HandWritten, Stored } from './cluster-harness.js';

const APPLIED: ApplyOutcome = { kind: 'applied' };
const CONFLICT: ApplyOutcome = { kind: 'conflict' };

/** With fields, labels and annotations of which Spillway knows nothing. */
export const theirs = ({ service, host }: MeshService): HandWritten => ({
  kind: 'VirtualService',
  namespace: service.split('/')[0] ?? '',
  name: 'catalog',
  labels: { team: 'shop', 'app.kubernetes.io/managed-by': 'Helm' },
  annotations: { 'example.com/owner': 'anna', 'example.com/note': '  two  spaces\n' },
  spec: {
    hosts: [host],
    exportTo: ['*'],
    http: [
      { name: 'health', match: [{ uri: { exact: '/healthz' } }], directResponse: { status: 200 } },
      {
        name: 'all',
        retries: { attempts: 2, perTryTimeout: '2s' },
        timeout: '10s',
        corsPolicy: { allowOrigins: [{ exact: 'https://shop.example' }], maxAge: '24h' },
        route: [{ destination: { host, subset: 'v1' }, headers: { request: { set: { a: 'b' } } } }],
      },
    ],
  },
});

export function patchContract(current: () => ClusterHarness): void {
  const place = (): HandWritten => theirs(current().service);
  const service = (): MeshService => {
    const { namespace, name } = place();
    const virtualService = { namespace, name };
    return { ...current().service, ownership: { kind: 'adopted', virtualService } };
  };
  const live = (): LiveObject => {
    const object = current().link.routing(service())?.virtualService;
    if (object === undefined) throw new Error('the link does not show the VirtualService');
    return object;
  };
  const stored = async (): Promise<Stored> => {
    const object = await current().read(place());
    if (object === undefined) throw new Error('the VirtualService is gone');
    return object;
  };
  const adopted = async (): Promise<void> => {
    await current().put(place());
    await current().eventually(
      () => current().link.routing(service())?.virtualService !== undefined,
    );
  };
  const patch = (
    operations: readonly PatchOperation[],
    resourceVersion = live().metadata.resourceVersion,
  ): Promise<ApplyOutcome> =>
    current().link.patch({
      do: 'patch',
      kind: 'VirtualService',
      place: place(),
      operations,
      resourceVersion,
    });
  const weights: readonly PatchOperation[] = [
    { op: 'test', path: '/spec/http/1/name', value: 'all' },
    { op: 'add', path: '/spec/http/1/route/0/weight', value: 90 },
    { op: 'add', path: '/metadata/annotations/example.com~1by', value: 'spillway' },
  ];

  describe('patch', () => {
    it('changes what it names and shows it at once, as another version of the object', async () => {
      await adopted();
      const before = live();
      expect(await patch(weights)).toEqual(APPLIED);
      expect(live().metadata.annotations).toMatchObject({ 'example.com/by': 'spillway' });
      expect(live().metadata.resourceVersion).not.toBe(before.metadata.resourceVersion);
      expect(live().metadata.managers.map(({ name }) => name)).toContain('spillway');
    });

    it('leaves every other field, label, annotation and manager as it was', async () => {
      await adopted();
      const before = await stored();
      await patch(weights);
      const { annotations, spec, ...after } = await stored();
      expect(JSON.stringify(spec)).toContain('"weight":90');
      expect(JSON.parse(JSON.stringify(spec).replace(/,?"weight":90/, ''))).toEqual(before.spec);
      const { 'example.com/by': _, ...others } = annotations;
      expect(others).toEqual(before.annotations);
      expect(after.labels).toEqual(before.labels);
      expect(after.managers).toEqual(expect.arrayContaining([...before.managers]));
    });

    it('gives an adopted object back as it was', async () => {
      await adopted();
      const before = await stored();
      const wanted: Traffic = aTraffic({ service: service() });
      for (const exposure of [wanted.exposure, unexposed]) {
        const adoption = adopt({ ...wanted, exposure }, live());
        if (adoption.kind !== 'patch') throw new Error(`nothing to patch: ${adoption.kind}`);
        expect(await patch(adoption.operations)).toEqual(APPLIED);
      }
      const { managers: _, ...after } = await stored();
      expect(after).toEqual({
        labels: before.labels,
        annotations: before.annotations,
        spec: before.spec,
      });
    });

    it('stops a writer that has not seen an edit by hand, and shows the edit at once', async () => {
      await adopted();
      const { resourceVersion } = live().metadata;
      await current().put({ ...place(), annotations: { edited: 'yes' } });
      expect(await patch(weights, resourceVersion)).toEqual(CONFLICT);
      expect(live().metadata.annotations).toMatchObject({ edited: 'yes' });
      expect(JSON.stringify((await stored()).spec)).not.toContain('weight');
    });

    it('stops a writer whose object is gone, and makes none', async () => {
      await adopted();
      const { resourceVersion } = live().metadata;
      await current().take(place());
      expect(await patch(weights, resourceVersion)).toEqual(CONFLICT);
      expect(current().link.routing(service())?.virtualService).toBeUndefined();
      expect(await current().read(place())).toBeUndefined();
    });

    it('is refused, and no conflict, when it does not fit the object that was seen', async () => {
      await adopted();
      const other = { op: 'test', path: '/spec/http/1/name', value: 'other' } as const;
      expect(await patch([...weights, other])).toEqual({
        kind: 'refused',
        reason: 'the patch does not fit the object',
      });
      expect(JSON.stringify((await stored()).spec)).not.toContain('weight');
    });
  });
}
