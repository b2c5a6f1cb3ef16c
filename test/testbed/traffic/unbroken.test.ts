import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { LoadLog } from './load-log.js';
import { keep } from './kept-table.js';
import { istio, to } from './objects.js';
import { until } from '../src/index.js';
import { edgeOf, StagedService } from './staged-service.js';
import type { StagedRelease } from './staged-release.js';
import { TrafficStage } from './traffic-stage.js';

let stage: TrafficStage;
let log: LoadLog;
let services: readonly StagedService[];

beforeAll(async () => {
  stage = await TrafficStage.start();
  services = [await managed(), await adopted(), await delegated()];
  log = new LoadLog(stage, services);
}, 1_200_000);
afterAll(() => stage.stop());

const steps = [
  { route: { name: 'testers', match: [{ headers: { 'x-tester': { exact: 'yes' } } }] } },
  { mirror: { percent: 20 } },
  { mirror: 'off' as const },
  { setWeight: 10 },
  { setWeight: 50 },
];

/** It has been released before: nobody else routes its public host, so until then there was nothing to break. */
async function managed(): Promise<StagedService> {
  const service = await StagedService.create(stage, 'managed', { edge: edgeOf('managed') });
  const earlier = await service.release([{ setWeight: 1 }]);
  await earlier.abort();
  return service;
}

/** People's VirtualService and DestinationRule, which knows stable only. */
async function adopted(): Promise<StagedService> {
  const host = 'adopted.shop.svc.cluster.local';
  await stage.write(
    istio('DestinationRule', 'adopted', {
      host,
      subsets: [{ name: 'v1', labels: { version: 'v1' } }],
    }),
  );
  await stage.plane.settled();
  await stage.write(
    istio('VirtualService', 'adopted', {
      hosts: [host, 'adopted.example.com'],
      gateways: ['mesh', 'istio-system/public'],
      http: [
        { match: [{ uri: { prefix: '/health' } }], directResponse: { status: 200 } },
        { name: 'rest', route: [to(host, 'v1')] },
      ],
    }),
  );
  return StagedService.create(stage, 'adopted', {
    routing: { adopt: { virtualService: 'shop/adopted' } },
  });
}

/** A root that hands everything over, and keeps it as long as there is nobody to hand it to. */
async function delegated(): Promise<StagedService> {
  const host = 'delegated.shop.svc.cluster.local';
  await stage.write(
    istio('VirtualService', 'delegated', {
      hosts: [host, 'delegated.example.com'],
      gateways: ['mesh', 'istio-system/public'],
      http: [
        { match: [{ uri: { prefix: '/' } }], delegate: { name: 'delegated-routes' } },
        { route: [{ destination: { host } }] },
      ],
    }),
  );
  return StagedService.create(stage, 'delegated', {
    routing: { delegate: { virtualService: 'shop/delegated-routes' } },
  });
}

/** The same at all services at once. */
const all = <T>(act: (service: StagedService, i: number) => Promise<T>): Promise<T[]> =>
  Promise.all(services.map(act));

test('no request fails, whoever owns the routing and whatever becomes of the release', async () => {
  await stage.plane.settled();
  log.start();
  const first = await log.during('preparation and a match route', () =>
    all((service) => service.release(steps)),
  );
  const forward = (releases: readonly StagedRelease[]) => (): Promise<unknown> =>
    Promise.all(releases.map((release) => release.next()));
  await log.during('copies on', forward(first));
  await log.during('copies off', forward(first));
  await log.during('10 percent', forward(first));
  await log.during('50 percent', forward(first));
  await log.during('promotion', () => Promise.all(first.map((release) => release.promote())));
  const back = { candidate: 'v1' };
  const second = await log.during('the next release, at 50 percent', () =>
    all((service) => service.release([{ setWeight: 50 }], back)),
  );
  const third = await log.during('abort, and another release at once', async () => {
    await Promise.all(second.map(({ id }) => stage.client.releases.abort(id)));
    await Promise.all(second.map((release) => release.reaches('rolledBack')));
    return all((service) => service.release([{ setWeight: 10 }, { setWeight: 90 }], back));
  });
  await log.during('worker killed while weights move', async () => {
    await Promise.all(third.map(({ id }) => stage.client.releases.resume(id)));
    await stage.replaceWorker();
    await Promise.all(third.map((release) => release.atStep(1)));
  });
  await log.during('abort, worker killed', async () => {
    await Promise.all(third.map(({ id }) => stage.client.releases.abort(id)));
    await stage.replaceWorker();
    await Promise.all(third.map((release) => release.reaches('rolledBack')));
  });
  await log.during('unused subsets go, half a minute later', () => all(withoutOldSubsets));
  const table = await log.stop();
  await keep(table.markdown);
  expect(table.lost).toEqual([]);
  expect(table.failed).toBe(0);
  expect(table.fewest).toBeGreaterThan(0);
}, 180_000);

/** The last write of a release. */
async function withoutOldSubsets({ name }: StagedService): Promise<void> {
  const hasOld = async (): Promise<boolean> => {
    const rule = await stage.admin.readDestinationRule('shop', `${name}-spillway`);
    const { subsets = [] } = (rule?.['spec'] ?? {}) as { subsets?: readonly { name: string }[] };
    return subsets.some((subset) => subset.name === 'v1');
  };
  await until(async () => !(await hasOld()), {
    what: `${name} has no subset v1`,
    withinMs: 45_000,
  });
  await stage.plane.settled();
}
