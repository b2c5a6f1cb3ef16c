import { describe, expect, it } from '@jest/globals';
import { dropped, uncovered, type SeenEgress } from './blocked.js';
import { egressDrift } from './drift.js';
import { remarks } from './remarks.js';
import { aForeign, anAllowed, aWanted, EgressBench } from './testing/index.js';

const seen = (change: Partial<SeenEgress>): SeenEgress => ({
  workload: 'catalog',
  protocol: 'http',
  requests: 1,
  isBlocked: false,
  ...change,
});

const web = anAllowed({
  hosts: ['*.example.com'],
  ports: [{ number: 80, protocol: 'HTTP' }],
});
const policy = { namespace: 'shop', allow: [web] };
const hostsOf = (found: readonly SeenEgress[]) => found.map(({ host = 'unknown' }) => host);

describe('what would be blocked', () => {
  it('is what neither the allow-list nor people’s ServiceEntries cover, the busiest first', () => {
    const spec = { hosts: ['db.vendor.net'], ports: [{ number: 5432 }] };
    const live = { objects: [aForeign({ kind: 'ServiceEntry', namespace: 'egress', spec })] };
    const found = uncovered(policy, live, [
      seen({ host: 'a.example.com', port: 80 }),
      seen({ host: 'example.com', port: 80, requests: 5 }),
      seen({ host: 'a.example.com', port: 8080, requests: 7 }),
      seen({ host: 'db.vendor.net', port: 5432 }),
      seen({ host: 'DB.vendor.net' }),
      seen({ protocol: 'tcp', requests: 3 }),
    ]);
    expect(hostsOf(found)).toEqual(['a.example.com', 'example.com', 'unknown']);
  });

  it('counts no ServiceEntry that people’s Sidecar hides from the namespace', () => {
    const entry = { hosts: ['db.vendor.net'], ports: [{ number: 80 }] };
    const live = {
      objects: [
        aForeign({ kind: 'ServiceEntry', namespace: 'egress', spec: entry }),
        aForeign({ kind: 'Sidecar', spec: { egress: [{ hosts: ['./*', 'istio-system/*'] }] } }),
      ],
    };
    expect(uncovered(policy, live, [seen({ host: 'db.vendor.net', port: 80 })])).toHaveLength(1);
  });

  it('is also what a shorter allow-list would close', () => {
    const bench = new EgressBench();
    bench.bring(aWanted({ allow: [web, anAllowed()] }));
    expect(dropped({ namespace: 'shop', allow: [web] }, bench.live())).toEqual(['api.stripe.com']);
    expect(dropped({ namespace: 'shop', allow: [web, anAllowed()] }, bench.live())).toEqual([]);
  });
});

describe('drift', () => {
  it('names what is missing, what is too much, and who changed what', () => {
    const bench = new EgressBench();
    bench.bring(aWanted({ allow: [web, anAllowed()] }));
    expect(egressDrift(aWanted({ allow: [web, anAllowed()] }), bench.live())).toEqual([]);
    bench.objects = bench.objects.map((one) => ({
      ...one,
      metadata: { ...one.metadata, managers: [{ name: 'kubectl-edit', at: '10:00' }] },
      spec: { ...(one.spec as object), ports: [] },
    }));
    expect(egressDrift(aWanted({ allow: [web], mode: 'enforce' }), bench.live())).toEqual([
      expect.stringMatching(
        /any-example-com-\w+ is not as applied; kubectl-edit wrote it at 10:00$/,
      ),
      'Sidecar shop/spillway-egress is missing',
      expect.stringMatching(/api-stripe-com-\w+ should not be there$/),
    ]);
  });
});

describe('remarks', () => {
  it('tell of hosts that people’s Sidecar does not import, and of ports that open too much', () => {
    const live = new EgressBench([
      aForeign({ kind: 'Sidecar', spec: { egress: [{ hosts: ['istio-system/*'] }] } }),
    ]).live();
    const tcp = anAllowed({ hosts: ['db.vendor.net'], ports: [{ number: 5432, protocol: 'TCP' }] });
    expect(remarks(aWanted({ allow: [tcp] }), live)).toEqual([
      'Sidecar shop/default does not import db.vendor.net; add "./db.vendor.net" to its egress hosts',
      'TCP port 5432 of db.vendor.net may let every host through: TCP does not name one',
    ]);
  });
});
