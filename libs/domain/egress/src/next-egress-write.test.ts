import { describe, expect, it } from '@jest/globals';
import { entryName } from './entry-name.js';
import { aForeign, anAllowed, aWanted, EgressBench } from './testing/index.js';

const stripe = entryName(['api.stripe.com']);
const feeds = anAllowed({ hosts: ['feeds.example.com'] });
const entry = (name: string): string => `apply ServiceEntry ${name}`;

describe('observing', () => {
  it('writes a ServiceEntry for each entry, at once, with owner and reason, and closes nothing', () => {
    const bench = new EgressBench();
    const told = bench.bring(aWanted({ allow: [anAllowed(), feeds] }));
    expect(told).toEqual([`${entry(stripe)} + ${entry(entryName(feeds.hosts))}`]);
    expect(bench.find('ServiceEntry', stripe)).toMatchObject({
      metadata: {
        namespace: 'shop',
        annotations: {
          'spillway.dev/egress-owner': 'payments',
          'spillway.dev/egress-reason': 'Card payments',
        },
      },
      spec: {
        hosts: ['api.stripe.com'],
        exportTo: ['.'],
        location: 'MESH_EXTERNAL',
        ports: [{ number: 443, name: 'tls-443', protocol: 'TLS' }],
        resolution: 'NONE',
      },
    });
  });

  it('does nothing the second time, and nothing to what people made', () => {
    const theirs = aForeign({
      kind: 'ServiceEntry',
      name: 'stripe',
      spec: { hosts: ['*.stripe.com'], ports: [{ number: 443, name: 'tls', protocol: 'TLS' }] },
    });
    const bench = new EgressBench([theirs]);
    expect(bench.bring(aWanted())).toEqual([]);
    expect(bench.bring(aWanted({ allow: [anAllowed(), feeds] }))).toHaveLength(1);
    expect(bench.bring(aWanted({ allow: [anAllowed(), feeds] }))).toEqual([]);
    expect(bench.objects).toContain(theirs);
  });

  it.each([
    ['another port', { ports: [{ number: 80 }] }, 'shop'],
    ['only for its own namespace', { exportTo: ['.'], ports: [{ number: 443 }] }, 'other'],
    ['for nobody', { exportTo: ['~'], ports: [{ number: 443 }] }, 'shop'],
  ])('writes its own where people’s ServiceEntry is for %s', (_, spec, namespace) => {
    const hosts = ['api.stripe.com'];
    const bench = new EgressBench([
      aForeign({ kind: 'ServiceEntry', namespace, name: 'stripe', spec: { hosts, ...spec } }),
    ]);
    expect(bench.bring(aWanted())).toEqual([entry(stripe)]);
  });

  it('counts what people of another namespace export to everybody', () => {
    const spec = { hosts: ['api.stripe.com'], ports: [{ number: 443 }] };
    const bench = new EgressBench([aForeign({ kind: 'ServiceEntry', namespace: 'egress', spec })]);
    expect(bench.bring(aWanted())).toEqual([]);
  });

  it('takes an entry away when it is no longer allowed, and writes a changed one anew', () => {
    const bench = new EgressBench();
    bench.bring(aWanted({ allow: [anAllowed(), feeds] }));
    const changed = anAllowed({ reason: 'Cards and refunds' });
    expect(bench.bring(aWanted({ allow: [changed] }))).toEqual([
      entry(stripe),
      'wait',
      `remove ServiceEntry ${entryName(feeds.hosts)}`,
    ]);
  });

  it('gives back what was changed by hand, and takes out what was added', () => {
    const bench = new EgressBench();
    bench.bring(aWanted());
    const edit = (spec: object): void => {
      bench.objects = bench.objects.map((one) => ({
        ...one,
        spec: { ...(one.spec as object), ...spec },
      }));
    };
    edit({ hosts: ['evil.example.com'] });
    expect(bench.bring(aWanted())).toEqual([entry(stripe)]);
    edit({ hosts: ['api.stripe.com', 'evil.example.com'], endpoints: [{ address: '10.0.0.1' }] });
    expect(bench.bring(aWanted())).toEqual([`patch ServiceEntry ${stripe}`]);
    expect(bench.find('ServiceEntry', stripe)?.spec).not.toHaveProperty('endpoints');
  });

  it('stops before somebody’s object under a name that it needs', () => {
    const bench = new EgressBench([
      aForeign({ kind: 'ServiceEntry', name: stripe, spec: { hosts: ['other.example.com'] } }),
    ]);
    expect(bench.bring(aWanted())).toEqual([
      `stop: ServiceEntry shop/${stripe} has the name that Spillway needs`,
    ]);
  });
});

describe('enforcing', () => {
  const enforced = aWanted({ mode: 'enforce' });

  it('writes the ServiceEntries, lets them settle, and then closes', () => {
    const bench = new EgressBench();
    expect(bench.bring(enforced)).toEqual([entry(stripe), 'wait', 'apply Sidecar spillway-egress']);
    expect(bench.find('Sidecar', 'spillway-egress')?.spec).toEqual({
      egress: [{ hosts: ['*/*'] }],
      outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' },
    });
  });

  it('adds before it takes away while it is closed', () => {
    const bench = new EgressBench();
    bench.bring(enforced);
    expect(bench.bring({ ...enforced, allow: [feeds] })).toEqual([
      entry(entryName(feeds.hosts)),
      'wait',
      `remove ServiceEntry ${stripe}`,
    ]);
  });

  it('opens first when it is rolled back, and waits for nothing', () => {
    const bench = new EgressBench();
    bench.bring(enforced);
    expect(bench.bring(aWanted({ allow: [feeds] }))[0]).toBe('remove Sidecar spillway-egress');
  });

  it('opens before a broken allow-list is looked at', () => {
    const bench = new EgressBench();
    bench.bring(enforced);
    const taken = entryName(feeds.hosts);
    bench.objects = [...bench.objects, aForeign({ kind: 'ServiceEntry', name: taken, spec: {} })];
    expect(bench.bring(aWanted({ allow: [feeds] }))).toEqual([
      'remove Sidecar spillway-egress',
      `stop: ServiceEntry shop/${taken} has the name that Spillway needs`,
    ]);
  });

  it('says all that the root namespace’s Sidecar says, which it hides', () => {
    const spec = { egress: [{ hosts: ['./*', 'istio-system/*'] }], inboundConnectionPool: {} };
    const bench = new EgressBench([aForeign({ kind: 'Sidecar', namespace: 'istio-system', spec })]);
    bench.bring(enforced);
    expect(bench.find('Sidecar', 'spillway-egress')?.spec).toEqual({
      ...spec,
      outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' },
    });
  });

  it('leaves nothing behind in a cluster that the policy leaves', () => {
    const theirs = aForeign({ kind: 'Sidecar', namespace: 'other', spec: { egress: [] } });
    const bench = new EgressBench([theirs]);
    bench.bring(enforced);
    bench.bring({ ...enforced, mode: 'off' });
    expect(bench.objects).toEqual([theirs]);
  });
});
