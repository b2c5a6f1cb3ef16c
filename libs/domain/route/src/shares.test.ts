import { describe, expect, it } from '@jest/globals';
import { explain } from './explain.js';
import { aDestinationRule, aMesh, aService, aVirtualService, to } from './testing/a-mesh.js';
import { inShort } from './testing/outcome.js';

function split(...route: readonly object[]): string {
  const mesh = aMesh([
    aService(),
    aDestinationRule(['v1', 'v2', 'v3']),
    aVirtualService({ http: [{ route }] }),
  ]);
  return inShort(explain(mesh, { host: 'shop', path: '/', from: { namespace: 'demo' } }));
}

describe('weights', () => {
  it('are parts of their sum, which need not be 100', () => {
    expect(split(to('v1', 90), to('v2', 10))).toBe('v1 0.9, v2 0.1');
    expect(split(to('v1', 550), to('v2', 450))).toBe('v1 0.55, v2 0.45');
    expect(split(to('v1', 9_999), to('v2', 1))).toBe('v1 0.9999, v2 0.0001');
  });

  it('of a single destination are ignored, even 0', () => {
    expect(split(to('v1'))).toBe('v1');
    expect(split(to('v1', 0))).toBe('v1');
    expect(split(to('v1', 37))).toBe('v1');
  });

  it('of 0, or none at all, leave a destination out when there are several', () => {
    expect(split(to('v1', 100), to('v2', 0))).toBe('v1');
    expect(split(to('v1', 1), to('v2'), to('v3', 3))).toBe('v1 0.25, v3 0.75');
  });

  it('that are all 0 make proxies keep their old configuration', () => {
    expect(split(to('v1', 0), to('v2', 0))).toBe('rejected');
    expect(split(to('v1'), to('v2'))).toBe('rejected');
  });

  it('below 0 and rules without a destination are refused alike', () => {
    expect(split(to('v1', 105), to('v2', -5))).toBe('rejected');
    expect(split()).toBe('rejected');
  });

  it('that are refused freeze every host of the port, and the answer names the culprit', () => {
    const broken = aVirtualService(
      { hosts: ['cart'], http: [{ name: 'bad', route: [to('v1', 0), to('v2', 0)] }] },
      { name: 'cart' },
    );
    const mesh = aMesh([aService(), aService([9080], { name: 'cart' }), broken]);
    const answer = explain(mesh, { host: 'shop', path: '/', from: { namespace: 'demo' } });
    expect(answer).toMatchObject({
      kind: 'rejected',
      origin: { virtualService: { namespace: 'demo', name: 'cart' }, route: 'bad' },
    });
    expect(answer.because.at(-1)).toContain('the weights of its destinations are all 0');
  });
});
