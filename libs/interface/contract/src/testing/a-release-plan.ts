import type { ReleasePlan, StartRelease } from '@spillway/application';
import { renderDestinationRule } from '@spillway/domain-istio';
import { aTraffic } from '@spillway/domain-istio/testing';
import { aPlan } from '@spillway/domain-release/testing';
import { basisPoints, clusterName, duration, releaseId, version } from '@spillway/kernel';

const metrics: ReleasePlan['clusters'][number]['metrics'] = [
  {
    metric: 'success-rate',
    value: 99.5,
    requestsPerSecond: 100,
    errorRate: 0.005,
    steps: [
      {
        step: 1,
        weight: basisPoints(1_000),
        length: duration(60_000),
        isEnough: false,
        forecast: 'twice the errors are found within 1m in 8 % of all cases, not in 90 %',
      },
    ],
  },
  { metric: 'queue', missing: 'stable has no data in the last 10m', steps: [] },
];

/** One write in eu-west, and a cluster that nobody could see. */
export function aReleasePlan({ service, candidate, strategy, id }: StartRelease): ReleasePlan {
  const object = renderDestinationRule(aTraffic());
  const cluster = clusterName('eu-west');
  const write = { do: 'write', object } as const;
  return {
    id: id ?? releaseId('2f9d1d4e-7a53-4a3e-9f0a-6a1f6f0f4b11'),
    service,
    stable: version('v1'),
    candidate,
    strategy: { name: strategy, version: 3 },
    plan: aPlan(),
    ahead: { digest: '9f86d081', gates: [], freezes: [] },
    warnings: ['The mirror copies every method.'],
    clusters: [
      {
        cluster,
        writes: [{ cluster, when: 'preparation', write, after: object }],
        findings: [
          {
            code: 'SUBSET_WITHOUT_LABELS',
            severity: 'warning',
            object: { kind: 'DestinationRule', namespace: 'shop', name: 'catalog-spillway' },
            path: 'spec.subsets[0]',
            message: 'Subset v1 has no labels.',
            consequence: 'It selects every pod.',
            next: 'Give it labels.',
          },
        ],
        metrics,
      },
      {
        cluster: clusterName('us-east'),
        unseen: 'connection refused',
        writes: [],
        findings: [],
        metrics: [],
      },
    ],
  };
}
