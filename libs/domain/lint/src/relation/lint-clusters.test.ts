import { describe, expect, it } from '@jest/globals';
import { anObject } from '../testing/an-object.js';
import { aService } from '../testing/mesh.js';
import { lintClusters } from './lint-clusters.js';

const ports = [
  { name: 'http', port: 80 },
  { name: 'grpc', port: 90 },
];
const catalog = aService('shop/catalog', ports);

describe('a Service in several clusters', () => {
  it('is the same, in whatever order its ports are', () => {
    const us = [aService('shop/catalog', ports.toReversed(), { type: 'ClusterIP' })];
    expect(lintClusters({ eu: [catalog], us, asia: [] })).toEqual([]);
  });

  it.each([
    ['ports', aService('shop/catalog', ports.slice(1))],
    ['type', aService('shop/catalog', ports, { type: 'LoadBalancer' })],
    ['address', aService('shop/catalog', ports, { clusterIP: 'None' })],
  ])('has not other %s', (trait, other) => {
    expect(lintClusters({ eu: [catalog], us: [other] })).toMatchObject([
      {
        code: 'SERVICE_DIFFERS_ACROSS_CLUSTERS',
        istio: 'IST0170',
        message: expect.stringContaining(`in eu and in us, ${trait} `),
      },
    ]);
  });

  it('is another one in another namespace, and nothing else is compared', () => {
    const gateway = anObject('Gateway', 'shop/catalog', {});
    expect(lintClusters({ eu: [catalog], us: [aService('far/catalog', []), gateway] })).toEqual([]);
  });
});
