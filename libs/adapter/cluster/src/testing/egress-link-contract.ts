import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { EgressLink } from '@spillway/application';
import {
  nextEgressWrite,
  type EgressPlace,
  type EgressWrite,
  type LiveEgressObject,
  type WantedEgress,
} from '@spillway/domain-egress';
import { anAllowed } from '@spillway/domain-egress/testing';
import { instant } from '@spillway/kernel';

/** A cluster that a test can change from behind the link's back. */
export interface EgressHarness {
  readonly link: EgressLink;
  /** Nothing else in the cluster is in it. */
  readonly namespace: string;
  /** Somebody who is not Spillway creates an object. */
  put(object: EgressPlace & { readonly spec: unknown }): Promise<void>;
  remove(place: EgressPlace): Promise<void>;
  goDown(): Promise<void>;
  dispose(): Promise<void>;
}

/** What every `EgressLink` promises. */
export function egressLinkContract(make: () => Promise<EgressHarness>): void {
  let harness: EgressHarness;
  beforeEach(async () => {
    harness = await make();
  });
  afterEach(() => harness.dispose());

  const look = async (): Promise<readonly LiveEgressObject[]> => {
    const seen = await harness.link.look();
    if (seen.kind === 'unreachable') throw new Error(seen.reason);
    return seen.objects;
  };
  const here = async (): Promise<readonly LiveEgressObject[]> =>
    (await look()).filter(({ metadata }) => metadata.namespace === harness.namespace);
  const wanted = (change: Partial<WantedEgress> = {}): WantedEgress => ({
    namespace: harness.namespace,
    mode: 'enforce',
    allow: [anAllowed()],
    ...change,
  });
  const next = async (want = wanted()): Promise<readonly EgressWrite[]> => {
    const live = { objects: await look(), since: instant(0) };
    const step = nextEgressWrite(want, live, instant(1_000));
    return step.do === 'write' ? step.writes : [];
  };
  const bring = async (want = wanted()): Promise<readonly string[]> => {
    const done: string[] = [];
    for (let writes = await next(want); writes.length > 0; writes = await next(want)) {
      for (const write of writes) {
        done.push(write.do);
        expect(await harness.link.write(write)).toEqual({ kind: 'applied' });
      }
    }
    return done;
  };
  const aSidecar = () => ({
    kind: 'Sidecar' as const,
    namespace: harness.namespace,
    name: 'default',
    spec: {
      egress: [{ hosts: ['./*', 'istio-system/*'] }],
      outboundTrafficPolicy: { mode: 'ALLOW_ANY' },
    },
  });

  describe('an egress link', () => {
    it('shows what it wrote, and that it was Spillway', async () => {
      expect(await bring()).toEqual(['apply', 'apply']);
      const objects = await here();
      expect(
        objects.map(({ kind, metadata }) => `${kind} by ${metadata.managers[0]?.name}`).toSorted(),
      ).toEqual(['ServiceEntry by spillway', 'Sidecar by spillway']);
      expect(objects.find(({ kind }) => kind === 'Sidecar')?.spec).toEqual({
        egress: [{ hosts: ['*/*'] }],
        outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' },
      });
      expect(await next()).toEqual([]);
    });

    it('closes people’s Sidecar in one field, and gives it back to the byte', async () => {
      await harness.put(aSidecar());
      const before = await here();
      await bring();
      const sidecar = (await here()).find(({ kind }) => kind === 'Sidecar');
      expect(sidecar?.spec).toEqual({
        ...aSidecar().spec,
        outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' },
      });
      await bring(wanted({ mode: 'off' }));
      const after = await here();
      expect(after.map(({ spec }) => JSON.stringify(spec))).toEqual(
        before.map(({ spec }) => JSON.stringify(spec)),
      );
      expect(after[0]?.metadata.annotations).toEqual(before[0]?.metadata.annotations);
    });

    it('sees an edit by hand and who made it, and puts it right', async () => {
      await bring();
      const entry = (await here()).find(({ kind }) => kind === 'ServiceEntry');
      const place = { kind: 'ServiceEntry' as const, ...entry?.metadata } as EgressPlace;
      await harness.remove(place);
      expect(await next()).toHaveLength(1);
      expect(await bring()).toEqual(['apply']);
    });

    it('takes everything of its own away', async () => {
      await bring();
      await bring(wanted({ mode: 'off' }));
      expect(await here()).toEqual([]);
    });

    it('writes only to what was looked at, and makes nothing anew that is gone', async () => {
      await harness.put(aSidecar());
      const stale = await next(wanted({ allow: [] }));
      await harness.remove(aSidecar());
      for (const write of stale)
        expect(await harness.link.write(write)).toEqual({ kind: 'conflict' });
      const [create] = await next();
      if (create?.do !== 'apply') throw new Error('expected to create');
      await harness.link.write(create);
      expect(await harness.link.write(create)).toEqual({ kind: 'conflict' });
      expect((await here()).map(({ kind }) => kind)).toEqual(['ServiceEntry']);
    });

    it('finds nothing wrong with removing what is gone', async () => {
      await bring();
      const [removal] = await next(wanted({ mode: 'off' }));
      if (removal?.do !== 'remove') throw new Error('expected to remove');
      await harness.remove(removal.place);
      expect(await harness.link.write(removal)).toEqual({ kind: 'applied' });
    });

    it('says so when the cluster does not answer', async () => {
      const [write] = await next();
      await harness.goDown();
      expect(await harness.link.look()).toMatchObject({ kind: 'unreachable' });
      if (write === undefined) throw new Error('expected something to write');
      expect(await harness.link.write(write)).toMatchObject({ kind: 'unreachable' });
    });
  });
}
