import { describe, expect, it } from '@jest/globals';
import type { Service, Strategy } from '@spillway/sdk';
import { aReleaseView, aRollout } from '../testing/views.js';
import { releaseFacts, routingWords } from './release.js';
import { serviceFacts } from './service.js';
import { strategyFacts } from './strategy.js';

const moment = '2026-01-05T10:00:00.000Z';
const now = Date.UTC(2026, 0, 5, 10, 1);

describe('a release', () => {
  it('says in which clusters the candidate gets what, and each route once', () => {
    const routes = [{ name: 'testers', description: 'x-tester is yes' }];
    const { plan } = aReleaseView();
    const release = aReleaseView({
      plan: { ...plan, sticky: { cookie: 'release', lifetime: '1h' } },
      rollouts: [
        aRollout({ routes, mirror: { percent: 25, methods: 'all' } }),
        aRollout({ cluster: 'us-east', weight: 0, routes, drifted: 'kubectl changed it' }),
      ],
    });
    const lines = releaseFacts(release, now).split('\n');
    expect(lines.filter((line) => line.startsWith('Route') || line.startsWith('Sticky'))).toEqual([
      'Route testers: x-tester is yes',
      'Sticky:        cookie release for 1h',
    ]);
    expect(lines.slice(-4, -1).map((line) => line.split(/ {2,}/))).toEqual([
      ['CLUSTER', 'WAVE', 'WEIGHT', 'ROUTING'],
      ['eu-west', '1', '10 % + testers + copies of 25 %', 'applied'],
      ['us-east', '1', '0 % + testers', 'drifted: kubectl changed it'],
    ]);
  });
});

describe('what is proven of a cluster', () => {
  const at = moment;
  it.each<[NonNullable<ReturnType<typeof aRollout>['verified']>, string]>([
    [{ level: 'readBack', at }, 'applied'],
    [{ level: 'readBack', at, delayed: 'gw-0 is behind' }, 'applied; gw-0 is behind'],
    [{ level: 'distributed', at, proxies: 1 }, 'distributed in 1 proxy'],
    [{ level: 'distributed', at, proxies: 14 }, 'distributed in 14 proxies'],
    [
      { level: 'observed', at, proxies: 14, observed: '10.2 % of 500 requests' },
      'observed in 14 proxies: 10.2 % of 500 requests',
    ],
  ])('is told with the highest level: %j', (verified, words) => {
    expect(routingWords(aRollout({ verified }))).toBe(words);
  });

  it('is nothing while the routing is not applied', () => {
    const rollout = aRollout({ applied: false, verified: { level: 'pending' } });
    expect(routingWords(rollout)).toBe('not applied yet');
  });
});

describe('a strategy', () => {
  it('tells each kind of step, the pace of waves and the cookie', () => {
    const strategy: Strategy = {
      name: 'all',
      hooks: [],
      overrides: [],
      rollBack: 'everywhere',
      version: 1,
      waves: [{ clusters: ['eu-west'], pace: 0.5 }, { rest: true }],
      maxUnavailableClusters: 0,
      metrics: [],
      steps: [
        { route: { name: 'testers', match: [{ uri: { prefix: '/' } }], where: 'edge' } },
        { route: { name: 'staff', match: [{ cookies: { staff: { present: true } } }] } },
        { mirror: { percent: 25, methods: 'safe' } },
        { mirror: 'off' },
        { removeRoute: 'testers' },
        { ramp: { from: 0.01, to: 50, steps: 10, over: '20m' } },
        { analyze: { metrics: [], iterations: 5 } },
        { switch: {} },
      ],
      verify: 'distributed',
      sticky: { cookie: 'release', lifetime: '1h' },
      createdAt: moment,
    };
    const lines = strategyFacts(strategy).split('\n');
    const values = lines.map((line) => line.replace(/^[^:]*: +/, ''));
    expect(values.slice(3)).toEqual([
      'eu-west, pace 0.5',
      'every cluster that is left',
      '0 clusters',
      'route testers, edge only',
      'route staff',
      'mirror 25 % of GET and HEAD',
      'end the mirror',
      'remove route testers',
      'ramp 0.01 to 50 % in 10 over 20m',
      'analyze × 5',
      'switch',
      'cookie release for 1h',
      'that the proxies have it',
      '',
    ]);
  });
});

describe('a service', () => {
  const service: Service = {
    name: 'shop/catalog',
    host: 'catalog.shop.svc.cluster.local',
    port: 8080,
    protocol: 'grpc',
    versionLabel: 'version',
    versionHost: 'catalog-{version}.shop.svc.cluster.local',
    stable: 'v1',
    clusters: ['eu-west'],
    edge: { gateways: ['istio-system/public'], hosts: ['shop.example.com', '*.shop.example.com'] },
    routing: { managed: {} },
    drift: 'hold',
    onBusy: 'refuse',
    generation: 3,
    createdAt: moment,
    updatedAt: moment,
  };
  const fact = (label: string, of: Service): string | undefined =>
    serviceFacts(of, now)
      .split('\n')
      .find((line) => line.startsWith(`${label}:`))
      ?.replace(/^[^:]*: +/, '');

  it('tells where its edge is, what its versions are and what happens on drift', () => {
    expect(['Protocol', 'Version host', 'Edge', 'Drift'].map((one) => fact(one, service))).toEqual([
      'grpc',
      'catalog-{version}.shop.svc.cluster.local',
      'shop.example.com, *.shop.example.com at istio-system/public',
      'hold',
    ]);
  });

  it.each<[string, Service['routing']]>([
    ['managed', { managed: {} }],
    ['adopts shop/catalog', { adopt: { virtualService: 'shop/catalog' } }],
    [
      'adopts shop/catalog, route "a", route "b"',
      { adopt: { virtualService: 'shop/catalog', routes: ['a', 'b'] } },
    ],
    ['delegate shop/part', { delegate: { virtualService: 'shop/part' } }],
    ['8 pods of catalog-{version}', { replicas: { deployment: 'catalog-{version}', total: 8 } }],
  ])('tells that its routing is %s', (words, routing) => {
    expect(fact('Routing', { ...service, routing })).toBe(words);
  });
});
