import { accessExamples } from './access/access-components.js';
import type { ClusterView } from './cluster/cluster-view.js';
import { webhookExamples } from './webhook/webhook-components.js';
import type { ProbeView } from './cluster/probe-view.js';
import { egressPolicyExample, egressReportExample } from './egress/egress-examples.js';
import { approvalWaitingExample, freezeWindowExample, gateExample } from './gate/gate-examples.js';
import type { HealthView } from './health-view.js';
import {
  notificationExample,
  outgoingDeliveryExample,
} from './notification/notification-examples.js';
import type { ProblemView } from './problem-view.js';
import type { EventView } from './release/event-view.js';
import { hookCallExample } from './release/hook-call-view.js';
import { lookExample } from './release/look-example.js';
import type { ReleasePlanView } from './release/release-plan-view.js';
import type { ReleaseView } from './release/release-view.js';
import { secretExample, sourceExample } from './source/source-examples.js';
import type { ServiceView } from './service/service-view.js';
import type { StrategyView } from './strategy/strategy-view.js';

const cluster: ClusterView = {
  name: 'eu-west',
  labels: { region: 'eu', env: 'prod' },
  connection: { kind: 'inCluster' },
  metrics: {
    kind: 'prometheus',
    url: 'http://prometheus.istio-system:9090',
    auth: 'none',
    timeout: '10s',
    reporter: 'destination',
    scrapeInterval: '15s',
    lag: '1s',
  },
  state: 'ready',
  since: '2026-01-05T09:00:00.000Z',
  createdAt: '2026-01-05T08:59:58.000Z',
  updatedAt: '2026-01-05T08:59:58.000Z',
};

const probe: ProbeView = {
  ok: false,
  findings: [
    { kind: 'forbidden', message: 'Spillway may not patch virtualservices; grant it with RBAC.' },
  ],
};

const service: ServiceView = {
  name: 'shop/catalog',
  host: 'catalog.shop.svc.cluster.local',
  port: 8080,
  protocol: 'http',
  versionLabel: 'version',
  stable: 'v1',
  clusters: ['eu-west'],
  edge: { gateways: ['istio-system/public'], hosts: ['shop.example.com'] },
  routing: { managed: {} },
  drift: 'heal',
  onBusy: 'refuse',
  generation: 12,
  latestRelease: '6f1c2c1e-4f0e-4c0c-9f5e-0d1f4a1c7d11',
  createdAt: '2026-01-05T09:00:00.000Z',
  updatedAt: '2026-01-05T09:00:00.000Z',
};

const strategy: StrategyView = {
  name: 'canary-10',
  waves: [{ rest: true }],
  maxUnavailableClusters: 0,
  overrides: [],
  rollBack: 'everywhere',
  metrics: [],
  steps: [{ setWeight: 10 }, { bake: '5m' }],
  verify: 'distributed',
  hooks: [],
  bakeAfterPromotion: '10m',
  version: 3,
  createdAt: '2026-01-05T09:00:00.000Z',
};

const release: ReleaseView = {
  id: '6f1c2c1e-4f0e-4c0c-9f5e-0d1f4a1c7d11',
  service: 'shop/catalog',
  stable: 'v1',
  candidate: 'v2',
  strategy: { name: 'canary-10', version: 3 },
  phase: 'progressing',
  final: false,
  because: 'v2 gets 10 % in eu-west',
  description: 'Faster search',
  requestedBy: 'ci',
  createdAt: '2026-01-05T10:00:00.000Z',
  progress: { stepIndex: 0, steps: 2, current: 'wave 1: set 10 %' },
  plan: {
    waves: [{ clusters: ['eu-west'] }],
    steps: [
      { wave: 0, kind: 'setWeight', weight: 10, metrics: [], description: 'set 10 %' },
      { wave: 0, kind: 'bake', duration: '5m', metrics: [], description: 'bake for 5m' },
    ],
    maxUnavailableClusters: 0,
    rollBack: 'everywhere',
    drift: 'heal',
    verify: 'distributed',
    bakeAfterPromotion: '10m',
  },
  gates: [],
  overriddenFreezes: [],
  rollouts: [
    {
      cluster: 'eu-west',
      wave: 0,
      weight: 10,
      routes: [{ name: 'testers', description: 'x-tester is yes' }],
      generation: 13,
      applied: true,
      appliedAt: '2026-01-05T10:00:02.000Z',
      verified: { level: 'distributed', at: '2026-01-05T10:00:02.300Z', proxies: 14 },
    },
  ],
  revision: 6,
};

const plan: ReleasePlanView = {
  id: '6f1c2c1e-4f0e-4c0c-9f5e-0d1f4a1c7d11',
  service: 'shop/catalog',
  stable: 'v1',
  candidate: 'v2',
  strategy: { name: 'canary-10', version: 3 },
  plan: release.plan,
  planDigest: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  gates: [{ name: 'production', wave: 0, step: 2, wants: '2 approvals by the role approver' }],
  freezes: [],
  warnings: [],
  clusters: [
    {
      cluster: 'eu-west',
      findings: [],
      metrics: [
        {
          metric: 'success-rate',
          value: 99.5,
          requestsPerSecond: 100,
          errorRate: 0.005,
          steps: [
            {
              step: 1,
              weight: 10,
              length: '30m',
              isEnough: true,
              forecast:
                '2 times the errors at a weight of 10 % (100 requests/s, 0.5 % fail, α = 0.01) are found within 6m20s in half of all cases, within 12m40s in 90 % of them',
            },
          ],
        },
      ],
      writes: [
        {
          when: 'step 1 of 2, wave 1: set 10 %',
          action: 'patch',
          kind: 'VirtualService',
          namespace: 'shop',
          name: 'catalog',
          manifest: 'kind: VirtualService\n…',
          patch: '[{"op":"replace","path":"/spec/http/0/route/0/weight","value":90}]',
          diff: '-      weight: 100\n+      weight: 90\n',
        },
      ],
    },
  ],
};

const event: EventView = {
  sequence: 5,
  type: 'trafficShifted',
  because: 'v2 gets 10 % in eu-west',
  actor: 'spillway',
  at: '2026-01-05T10:00:01.000Z',
  traffic: {
    generation: 13,
    clusters: [
      {
        cluster: 'eu-west',
        weight: 10,
        routes: [{ name: 'testers', description: 'x-tester is yes' }],
      },
    ],
  },
  verdicts: [],
  hash: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
};

const problem: ProblemView = {
  type: '/problems/service-busy',
  title: 'The service is being released',
  status: 409,
  detail: 'shop/catalog is being released to v2.',
  code: 'SERVICE_BUSY',
  next: 'Wait for release 6f1c2c1e-4f0e-4c0c-9f5e-0d1f4a1c7d11, or abort it.',
  field: 'service',
  errors: [{ field: 'service', message: 'shop/catalog is being released to v2.' }],
  docs: '/problems#service-busy',
  instance: '/api/v1/releases',
  requestId: '0b9f4f0e-4d3a-4d2e-9b1a-2f7f6f2f9a10',
};

const health: HealthView = { ok: true, checks: [{ name: 'database', ok: true }] };

/** One of each view, for documents that people read. */
export const viewExamples = {
  ...accessExamples,
  Cluster: cluster,
  ClusterPage: { items: [cluster] },
  EgressPolicy: egressPolicyExample,
  EgressPolicyPage: { items: [egressPolicyExample] },
  EgressReport: egressReportExample,
  Event: event,
  EventPage: { items: [event] },
  FeedEvent: {
    ...event,
    release: '6f1c2c1e-4f0e-4c0c-9f5e-0d1f4a1c7d11',
    service: 'shop/catalog',
  },
  ApprovalWaiting: approvalWaitingExample,
  ApprovalWaitingPage: { items: [approvalWaitingExample] },
  FreezeWindow: freezeWindowExample,
  FreezeWindowPage: { items: [freezeWindowExample] },
  Gate: gateExample,
  GatePage: { items: [gateExample] },
  Health: health,
  HookCall: hookCallExample,
  HookCallPage: { items: [hookCallExample] },
  Look: lookExample,
  LookPage: { items: [lookExample] },
  Probe: probe,
  Problem: problem,
  PushedMeasurements: { accepted: 2 },
  Release: release,
  ReleasePlan: plan,
  ReleasePage: { items: [release], next: 'MjAyNi0wMS0wNQ' },
  Notification: notificationExample,
  NotificationPage: { items: [notificationExample] },
  OutgoingDelivery: outgoingDeliveryExample,
  Secret: secretExample,
  SecretPage: { items: [secretExample] },
  Service: service,
  ServicePage: { items: [service] },
  Source: sourceExample,
  SourcePage: { items: [sourceExample] },
  Strategy: strategy,
  StrategyPage: { items: [strategy] },
  Delivery: webhookExamples.ReceivedDelivery,
  DeliveryPage: { items: [webhookExamples.ReceivedDelivery] },
  ...webhookExamples,
} as const;
