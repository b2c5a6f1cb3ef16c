import { aCaller } from '@spillway/application/testing';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { ReleasePlan } from '@spillway/application';
import { loadConfig, startControlPlane, type ControlPlane } from '@spillway/control-plane';
import { serviceName, strategyName, version } from '@spillway/kernel';
import { until } from '../src/index.js';
import { istio, to } from './objects.js';
import { StagedService } from './staged-service.js';
import { TrafficStage } from './traffic-stage.js';

let stage: TrafficStage;
/** In this process, so that its use cases can be asked. */
let planner: ControlPlane;

beforeAll(async () => {
  stage = await TrafficStage.start();
  const { databaseUrl, token, encryptionKey } = stage.settings;
  const config = loadConfig({
    DATABASE_URL: databaseUrl,
    SPILLWAY_ROLE: 'api',
    SPILLWAY_PORT: '0',
    SPILLWAY_TOKEN: token,
    SPILLWAY_ENCRYPTION_KEY: encryptionKey,
  });
  const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
  planner = await startControlPlane(config, silent);
  await planner.started;
}, 1_200_000);
afterAll(async () => {
  await planner.stop();
  await stage.stop();
});

const name = 'guarded';
const host = `${name}.shop.svc.cluster.local`;

async function planOf(strategy: string): Promise<ReleasePlan> {
  const planned = await planner.engine.useCases.planRelease(
    {
      service: serviceName(`shop/${name}`),
      candidate: version('v2'),
      strategy: strategyName(strategy),
      description: '',
    },
    aCaller('ana'),
  );
  if (!planned.ok) throw new Error(planned.error.message);
  return planned.value;
}

/** Everything that may have been stored, by the API server's record of who called what. */
async function storedSince(since: number): Promise<readonly string[]> {
  const calls = await stage.calls(since);
  const writes = calls.filter(({ verb }) => ['create', 'update', 'patch', 'delete'].includes(verb));
  expect(writes.length).toBeGreaterThan(0);
  return writes.map(({ uri }) => uri).filter((uri) => !uri.includes('dryRun=All'));
}

test('a plan asks the real API server, whose refusal it tells, and stores nothing', async () => {
  await StagedService.create(stage, name);
  const { client } = stage;
  await client.strategies.put({ name: 'plain', steps: [{ setWeight: 10 }] });
  await client.strategies.put({ name: 'copies', steps: [{ mirror: { percent: 25 } }] });
  await forbidCopies();
  const since = Date.now();
  const [plain] = (await planOf('plain')).clusters;
  expect(plain).toMatchObject({ cluster: 'eu-west', findings: [] });
  expect(plain?.refused).toBeUndefined();
  expect(plain?.writes.length).toBeGreaterThan(0);
  const [copies] = (await planOf('copies')).clusters;
  expect(copies?.refused).toMatch(/^step 1 of .*no copies of customers' requests/);
  expect(await storedSince(since)).toEqual([]);
  expect(await stage.admin.readVirtualService('shop', `${name}-spillway`)).toBeUndefined();
});

test('a plan says that an adopted VirtualService is too large to be noted in itself', async () => {
  const paths = Array.from({ length: 1_000 }, (_, i) => ({
    uri: { prefix: `/${'a-long-path-'.repeat(24)}${i}` },
  }));
  const object = istio('VirtualService', name, {
    hosts: [host],
    http: [{ match: paths, route: [to(host, 'v1')] }],
  });
  await stage.write(
    istio('DestinationRule', name, {
      host,
      subsets: ['v1', 'v2'].map((one) => ({ name: one, labels: { version: one } })),
    }),
    object,
  );
  const { client, cluster } = stage;
  await client.services.put({
    name: `shop/${name}`,
    port: 80,
    stable: 'v1',
    clusters: [cluster.name],
    routing: { adopt: { virtualService: `shop/${name}` } },
  });
  const since = Date.now();
  const [plan] = (await planOf('plain')).clusters;
  expect(plan?.refused).toMatch(/annotations: Too long/);
  expect(await storedSince(since)).toEqual([]);
});

/** A rule that a platform team gives itself; the API server checks it in dry runs too. */
async function forbidCopies(): Promise<void> {
  const api = '/apis/admissionregistration.k8s.io/v1';
  const apiVersion = 'admissionregistration.k8s.io/v1';
  const rule = {
    apiGroups: ['networking.istio.io'],
    apiVersions: ['*'],
    operations: ['CREATE', 'UPDATE'],
    resources: ['virtualservices'],
  };
  await stage.admin.apply(`${api}/validatingadmissionpolicies`, {
    apiVersion,
    kind: 'ValidatingAdmissionPolicy',
    metadata: { name: 'no-copies', namespace: '' },
    spec: {
      failurePolicy: 'Fail',
      matchConstraints: { resourceRules: [rule] },
      validations: [
        {
          expression: '!has(object.spec.http) || object.spec.http.all(r, !has(r.mirror))',
          message: "no copies of customers' requests",
        },
      ],
    },
  });
  await stage.admin.apply(`${api}/validatingadmissionpolicybindings`, {
    apiVersion,
    kind: 'ValidatingAdmissionPolicyBinding',
    metadata: { name: 'no-copies', namespace: '' },
    spec: { policyName: 'no-copies', validationActions: ['Deny'] },
  });
  const copied = istio('VirtualService', 'probe', {
    hosts: ['probe.example.com'],
    http: [{ route: [to(host, 'v1')], mirror: { host } }],
  });
  await until(
    () =>
      stage.admin
        .apply('/apis/networking.istio.io/v1/namespaces/shop/virtualservices', copied)
        .then(
          () => false,
          () => true,
        ),
    { what: 'the policy is in force', withinMs: 15_000 },
  );
  await stage.admin.deleteVirtualService('shop', 'probe');
}
