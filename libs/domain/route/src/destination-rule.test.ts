import { describe, expect, it } from '@jest/globals';
import type { MeshObject } from '@spillway/domain-istio';
import { explain } from './explain.js';
import type { Client } from './mesh.js';
import {
  aDestinationRule,
  aGateway,
  aMesh,
  aService,
  aVirtualService,
  shopHost,
  to,
} from './testing/a-mesh.js';
import { inShort } from './testing/outcome.js';

const route = aVirtualService({
  hosts: [shopHost],
  gateways: ['mesh', 'istio-system/edge'],
  http: [{ route: [to('v2')] }],
});

const v2 = (objects: readonly MeshObject[], from: Client = { namespace: 'client' }): boolean =>
  inShort(explain(aMesh([aService(), route, ...objects]), { host: shopHost, path: '/', from })) ===
  'v2';

describe('the DestinationRule for a client', () => {
  it("is that of the service's namespace", () => {
    expect(v2([aDestinationRule(['v2'])])).toBe(true);
  });

  it("is that of the client's namespace first, and then nothing is inherited", () => {
    const wide = aDestinationRule([], { namespace: 'client', spec: { host: '*.local' } });
    expect(v2([aDestinationRule(['v2']), wide])).toBe(false);
    expect(v2([aDestinationRule([]), aDestinationRule(['v2'], { namespace: 'client' })])).toBe(
      true,
    );
  });

  it('is that of the root namespace last', () => {
    const root = aDestinationRule(['v2'], { namespace: 'istio-system' });
    expect(v2([root])).toBe(true);
    expect(v2([root, aDestinationRule(['v1'])])).toBe(false);
  });

  it('is the one with the most specific host of a namespace', () => {
    const wide = aDestinationRule(['v2'], {
      name: 'wide',
      spec: { host: '*.demo.svc.cluster.local' },
    });
    expect(v2([wide])).toBe(true);
    expect(v2([wide, aDestinationRule(['v1'])])).toBe(false);
  });

  it('must be exported to the client, and hides wider ones even when it is not', () => {
    const closed = aDestinationRule(['v2'], { spec: { exportTo: ['third'] } });
    expect(v2([closed])).toBe(false);
    const wide = aDestinationRule(['v2'], {
      name: 'wide',
      spec: { host: '*.demo.svc.cluster.local' },
    });
    expect(v2([closed, wide])).toBe(false);
    expect(v2([aDestinationRule(['v2'], { spec: { exportTo: ['.'] } })])).toBe(false);
    expect(v2([aDestinationRule(['v2'], { spec: { exportTo: ['client'] } })])).toBe(true);
  });

  it('is not that of the root namespace itself for gateways there, unless it is private', () => {
    const from = { gateway: 'istio-system/edge' };
    const gateway = aGateway({}, { namespace: 'istio-system' });
    const root = (exportTo: readonly string[]): MeshObject =>
      aDestinationRule([], { namespace: 'istio-system', spec: { host: '*.local', exportTo } });
    expect(v2([gateway, aDestinationRule(['v2']), root([])], from)).toBe(true);
    expect(v2([gateway, aDestinationRule(['v2']), root(['.'])], from)).toBe(false);
  });

  it('resolves a short host in its own namespace', () => {
    expect(v2([aDestinationRule(['v2'], { spec: { host: 'shop' } })])).toBe(true);
    expect(v2([aDestinationRule(['v2'], { namespace: 'client', spec: { host: 'shop' } })])).toBe(
      false,
    );
  });
});

describe('several DestinationRules for one host in one namespace', () => {
  it('unite their subsets when they are exported alike', () => {
    expect(
      v2([aDestinationRule(['v1'], { name: 'a' }), aDestinationRule(['v2'], { name: 'b' })]),
    ).toBe(true);
  });

  it('stay apart when they are exported differently, and the last one stays in force', () => {
    const own = aDestinationRule(['v2'], { name: 'a' });
    const other = aDestinationRule(['v1'], { name: 'b', spec: { exportTo: ['client', 'third'] } });
    expect(v2([own, other])).toBe(false);
  });

  it('give way to one that selects the client', () => {
    const selecting = (app: string): MeshObject =>
      aDestinationRule(['v2'], {
        name: 'z',
        namespace: 'client',
        spec: { workloadSelector: { matchLabels: { app } } },
      });
    const common = aDestinationRule(['v1'], { namespace: 'client' });
    const from = { namespace: 'client', labels: { app: 'web' } };
    expect(v2([common, selecting('web')], from)).toBe(true);
    expect(v2([common, selecting('other')], from)).toBe(false);
  });
});
