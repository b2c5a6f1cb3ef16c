import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isOpen, openedByPeople, openedByUs } from './coverage.js';
import { decidingSidecar, isRegistryOnly, sidecarsOf } from './deciding-sidecar.js';
import { egressDrift } from './drift.js';
import type { LiveEgressObject } from './live-egress.js';
import { nextEgressWrite } from './next-egress-write.js';
import type { WantedEgress } from './policy.js';
import { aForeign, anAllowed, aWanted, EgressBench } from './testing/index.js';

const hosts = ['a.example.com', 'b.example.com', '*.c.example.org', 'd.example.net'];
const ports = [80, 443];

const policy: fc.Arbitrary<WantedEgress> = fc
  .record({
    mode: fc.constantFrom('off', 'observe', 'enforce'),
    hosts: fc.uniqueArray(fc.constantFrom(...hosts)),
    port: fc.constantFrom(...ports),
  })
  .map(({ mode, hosts: allowed, port }) =>
    aWanted({
      mode,
      allow: allowed.map((host) =>
        anAllowed({ hosts: [host], ports: [{ number: port, protocol: 'TLS' }] }),
      ),
    }),
  );

const theirEntry = fc
  .record({ host: fc.constantFrom(...hosts), port: fc.constantFrom(...ports) })
  .map(({ host, port }) =>
    aForeign({
      kind: 'ServiceEntry',
      name: `theirs-${host.replace('*', 'any')}-${port}`,
      spec: { hosts: [host], ports: [{ number: port, name: 'x', protocol: 'TLS' }] },
    }),
  );
const theirSidecar = fc
  .constantFrom({ egress: [] }, { outboundTrafficPolicy: { mode: 'ALLOW_ANY' } })
  .map((spec) => aForeign({ kind: 'Sidecar', spec }));

const isClosed = (bench: EgressBench): boolean => {
  const sidecar = decidingSidecar(sidecarsOf('shop', bench.live()));
  return sidecar !== undefined && isRegistryOnly(sidecar);
};

const isReachable = (bench: EgressBench, { allow }: WantedEgress): boolean => {
  const open = [...openedByPeople('shop', bench.live()), ...openedByUs('shop', bench.live())];
  return allow.every(({ hosts: [host = ''], ports: [port] }) =>
    isOpen(open, { host, ...(port && { port: port.number }) }),
  );
};

/** Follows the policy to its end, looking after each turn. */
function follow(bench: EgressBench, wanted: WantedEgress): void {
  const wasClosed = isClosed(bench);
  for (let turn = 0; turn < 20; turn += 1) {
    const next = nextEgressWrite(wanted, bench.live(), bench.now);
    if (next.do === 'nothing') return;
    if (next.do === 'stop') throw new Error(next.because);
    if (next.do === 'wait') {
      // Whoever is to be opened waits for nothing.
      expect(wanted.mode !== 'enforce' && isClosed(bench)).toBe(false);
      bench.now = next.until;
      continue;
    }
    for (const write of next.writes) bench.write(write);
    if (wanted.mode !== 'enforce') expect(isClosed(bench)).toBe(false);
    if (!wasClosed && isClosed(bench)) expect(isReachable(bench, wanted)).toBe(true);
  }
  throw new Error('it has no end');
}

it('never closes before what is allowed can be reached, opens first, and comes to rest as wanted', () => {
  const foreign = fc.uniqueArray(fc.oneof(theirEntry, theirSidecar), {
    selector: ({ kind, metadata }) => `${kind} ${metadata.name}`,
    maxLength: 3,
  });
  fc.assert(
    fc.property(foreign, fc.array(policy, { minLength: 1, maxLength: 6 }), (theirs, policies) => {
      const bench = new EgressBench(theirs);
      for (const wanted of policies) {
        follow(bench, wanted);
        expect(egressDrift(wanted, bench.live())).toEqual([]);
        expect(isClosed(bench)).toBe(wanted.mode === 'enforce');
        if (wanted.mode !== 'off') expect(isReachable(bench, wanted)).toBe(true);
      }
      follow(bench, aWanted({ mode: 'off' }));
      const content = ({ kind, spec, metadata: { name, annotations } }: LiveEgressObject) =>
        JSON.stringify([kind, name, annotations, spec]);
      expect(bench.objects.map(content).toSorted()).toEqual(theirs.map(content).toSorted());
    }),
    { numRuns: 2_000 },
  );
});
