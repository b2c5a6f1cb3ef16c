import type { ClusterDocument, ServiceDocument, StrategyDocument } from '@spillway/sdk';

const simulated = (name: string, seed: number) =>
  ({
    name,
    labels: {},
    connection: { simulated: { seed } },
    metrics: { simulated: true },
  }) as const satisfies ClusterDocument;

const service = {
  name: 'shop/catalog',
  port: 8080,
  stable: 'v1',
  clusters: ['eu-west', 'us-east'],
} satisfies ServiceDocument;

const strategies = {
  /** One cluster first, judged. */
  judged: {
    name: 'judged',
    waves: [{ clusters: ['eu-west'] }, { rest: true }],
    metrics: [
      {
        name: 'success-rate',
        query: { requestSuccessRate: {} },
        min: 98,
        interval: '1s',
        window: '2s',
        count: 2,
        failureLimit: 0,
        minSample: 50,
        noData: { hold: { for: '1m', then: 'pause' } },
      },
    ],
    steps: [{ setWeight: 50 }, { analyze: {} }],
  },
  /** Nothing but weights. */
  quick: { name: 'quick', steps: [{ setWeight: 10 }, { setWeight: 50 }] },
  /** Takes long enough to have things happen in the middle of it. */
  steady: {
    name: 'steady',
    waves: [{ clusters: ['eu-west'] }, { rest: true }],
    steps: [{ setWeight: 10 }, { bake: '1s' }, { setWeight: 50 }, { bake: '1s' }],
  },
  /** Waits at 30 % until it is told what to do. */
  waiting: { name: 'waiting', steps: [{ setWeight: 30 }, { pause: {} }] },
} as const satisfies Record<string, StrategyDocument>;

export const documents = {
  clusters: [simulated('eu-west', 1), simulated('us-east', 2)],
  service,
  strategies,
} as const;
