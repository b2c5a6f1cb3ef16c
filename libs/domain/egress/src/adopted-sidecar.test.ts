import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { remarks } from './remarks.js';
import { aForeign, aWanted, EgressBench } from './testing/index.js';

const enforced = aWanted({ mode: 'enforce', allow: [] });
const observed = aWanted({ allow: [] });
const note = 'spillway.dev/original-outbound-traffic-policy';
const closed = { mode: 'REGISTRY_ONLY' };

const aSidecar = (spec: object, annotations: Record<string, string> = { team: 'shop' }) =>
  aForeign({ kind: 'Sidecar', annotations, spec });

const content = (bench: EgressBench) => {
  const found = bench.find('Sidecar', 'default');
  return { annotations: found?.metadata.annotations, spec: found?.spec };
};

describe('people’s Sidecar', () => {
  it.each([
    ['that leaves it to the mesh', undefined],
    ['that allows any', { mode: 'ALLOW_ANY' }],
    ['with an egress proxy', { mode: 'ALLOW_ANY', egressProxy: { host: 'proxy.egress' } }],
  ])('%s is closed where it stands, and given back as it was', (_, policy) => {
    const egress = [{ hosts: ['./*'], port: { number: 80, protocol: 'HTTP', name: 'x' } }];
    const spec = { egress, ...(policy && { outboundTrafficPolicy: policy }) };
    const bench = new EgressBench([aSidecar(spec)]);
    const before = content(bench);
    bench.settle();
    expect(bench.bring(enforced)).toEqual(['patch Sidecar default']);
    expect(content(bench)).toEqual({
      annotations: { team: 'shop', [note]: JSON.stringify(policy ?? null) },
      spec: { egress, outboundTrafficPolicy: closed },
    });
    expect(bench.bring(enforced)).toEqual([]);
    expect(bench.bring(observed)).toEqual(['patch Sidecar default']);
    expect(content(bench)).toEqual(before);
  });

  it('comes back as it was, whatever is in it', () => {
    // As it comes over the wire, where there is no -0.
    const json = fc
      .json({ maxDepth: 3 })
      .map((text): unknown => JSON.parse(text.replaceAll('-0', '0')));
    const policy = fc.option(
      fc.record({ mode: fc.constant('ALLOW_ANY'), extra: json }, { requiredKeys: ['mode'] }),
      { nil: undefined },
    );
    const keys = fc.string({ minLength: 1 }).filter((key) => key !== 'workloadSelector');
    fc.assert(
      fc.property(fc.dictionary(keys, json), policy, (fields, outboundTrafficPolicy) => {
        const { outboundTrafficPolicy: _, ...rest } = fields;
        const spec = { ...rest, ...(outboundTrafficPolicy && { outboundTrafficPolicy }) };
        const bench = new EgressBench([aSidecar(spec)]);
        const before = content(bench);
        bench.settle();
        expect(bench.bring(enforced)).toHaveLength(1);
        bench.bring(observed);
        expect(content(bench)).toEqual(before);
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([[{}], [closed]])(
    'that is closed by %j already is not touched, neither way',
    (policy) => {
      const bench = new EgressBench([aSidecar({ outboundTrafficPolicy: policy })]);
      expect(bench.bring(enforced)).toEqual([]);
      expect(bench.bring(observed)).toEqual([]);
      expect(remarks(observed, bench.live())).toEqual([
        'Sidecar shop/default closes the namespace already; people did that',
      ]);
    },
  );

  it('that is opened by hand is closed again, and remembers what it was before', () => {
    const bench = new EgressBench([aSidecar({ egress: [] })]);
    bench.settle();
    bench.bring(enforced);
    bench.objects = bench.objects.map((one) => ({
      ...one,
      spec: { egress: [], outboundTrafficPolicy: { mode: 'ALLOW_ANY' } },
    }));
    bench.settle();
    expect(bench.bring(enforced)).toEqual(['patch Sidecar default']);
    expect(content(bench).annotations?.[note]).toBe('null');
  });

  it('that people opened for good keeps what they wrote when it is given back', () => {
    const bench = new EgressBench([aSidecar({ egress: [] })]);
    bench.settle();
    bench.bring(enforced);
    const theirs = { egress: [], outboundTrafficPolicy: { mode: 'ALLOW_ANY' } };
    bench.objects = bench.objects.map((one) => ({ ...one, spec: theirs }));
    bench.bring(observed);
    expect(content(bench)).toEqual({ annotations: { team: 'shop' }, spec: theirs });
  });

  it('whose note was spoilt leaves the policy to the mesh again', () => {
    const annotations = { [note]: '{' };
    const bench = new EgressBench([aSidecar({ outboundTrafficPolicy: closed }, annotations)]);
    bench.bring(observed);
    expect(content(bench)).toEqual({ annotations: {}, spec: {} });
  });

  it('takes over from our own, which goes', () => {
    const bench = new EgressBench();
    bench.settle();
    bench.bring(enforced);
    bench.objects = [...bench.objects, aSidecar({ egress: [] })];
    bench.settle();
    expect(bench.bring(enforced)).toEqual([
      'patch Sidecar default',
      'wait',
      'remove Sidecar spillway-egress',
    ]);
  });
});

describe('Sidecars that select workloads', () => {
  it('are reported and left alone: their workloads obey them and not the policy', () => {
    const spec = { workloadSelector: { labels: { app: 'batch' } }, egress: [] };
    const batch = aForeign({ kind: 'Sidecar', name: 'batch', spec });
    const bench = new EgressBench([batch]);
    bench.settle();
    expect(bench.bring(enforced)).toEqual(['apply Sidecar spillway-egress']);
    expect(bench.objects).toContain(batch);
    expect(remarks(enforced, bench.live())).toEqual([
      'Sidecar shop/batch decides for the workloads that it selects; they are not closed by this policy',
    ]);
  });
});
