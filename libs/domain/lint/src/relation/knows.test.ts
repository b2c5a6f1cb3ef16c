import { describe, expect, it } from '@jest/globals';
import { anObject, brief } from '../testing/an-object.js';
import { aDestinationRule, aGateway, aPod, aService, aVirtualService } from '../testing/mesh.js';
import { lintRelations } from './lint-relations.js';

const lost = aVirtualService('shop/vs', 'here', ['nowhere v1'], { gateways: ['mesh', 'edge/web'] });
const codes = (...args: Parameters<typeof lintRelations>): readonly string[] =>
  lintRelations(...args).map(({ code }) => code);

describe('a folder that does not hold everything', () => {
  it('says nothing of what none of its kind is in it', () => {
    const sidecar = anObject('Sidecar', 'shop/one', { workloadSelector: { labels: { app: 'x' } } });
    const rule = aDestinationRule('shop/rule', 'nowhere', ['v1']);
    expect(brief(lintRelations([lost, sidecar, rule, aGateway('edge/web', ['*'])]))).toEqual([]);
    expect(codes([lost])).toEqual([]);
  });

  it('knows hosts from the first Service or ServiceEntry on', () => {
    expect(codes([lost, aService('shop/here')])).toEqual(['HOST_NOT_FOUND']);
    const entry = anObject('ServiceEntry', 'shop/web', { hosts: ['here.test'] });
    expect(codes([lost, entry])).toEqual(['HOST_NOT_FOUND']);
  });

  it('knows subsets from the first DestinationRule on', () => {
    expect(codes([lost, aDestinationRule('shop/rule', 'other', [])])).toEqual(['SUBSET_NOT_FOUND']);
  });

  it('knows Gateways from the first on', () => {
    expect(codes([lost, aGateway('edge/other', ['*'])])).toEqual(['GATEWAY_NOT_FOUND']);
  });

  it('knows the pods of a subset only if it has pods of that namespace', () => {
    const objects = [aService('shop/here'), aDestinationRule('shop/rule', 'here', ['v1'])];
    expect(codes([...objects, aPod('far/a', { app: 'a' })])).toEqual([]);
    expect(codes([...objects, aPod('shop/a', { app: 'a' })])).toEqual(['SUBSET_SELECTS_NO_POD']);
  });

  it('is complete, or is not, if somebody says so', () => {
    const knows = { hosts: true, gateways: true, subsets: true, pods: true };
    expect(codes([lost], { knows })).toEqual([
      'HOST_NOT_FOUND',
      'SUBSET_NOT_FOUND',
      'GATEWAY_NOT_FOUND',
    ]);
    expect(codes([lost, aService('shop/here')], { knows: { hosts: false } })).toEqual([]);
  });
});
