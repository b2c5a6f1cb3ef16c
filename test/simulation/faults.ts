import { aCaller } from '@spillway/application/testing';
import { playgroundDeployment, type SimulatedMesh } from '@spillway/adapter-cluster';
import { orderVerbs, type Order } from '@spillway/domain-release';
import { strategyName, version, type ReleaseId } from '@spillway/kernel';
import type { VirtualEngine } from '../virtual/virtual-engine.js';
import type { Dice } from './dice.js';
import { someStrategy } from './some-strategy.js';

const { service } = playgroundDeployment;
const v2 = version('v2');
const ours = { kind: 'VirtualService', namespace: 'shop', name: 'catalog-spillway' } as const;

const foreign = {
  kind: 'DestinationRule',
  namespace: 'shop',
  name: 'platform-defaults',
  spec: { host: service.host },
} as const;

function removeForeign(mesh: SimulatedMesh): void {
  if (mesh.apiServer.find(foreign) !== undefined) mesh.remove(foreign);
}

type Fault = (engine: VirtualEngine, dice: Dice, mesh: SimulatedMesh, id: ReleaseId) => unknown;

/** Everything that a night can bring. Some of it mends what something else broke. */
export const faults: Readonly<Record<string, Fault>> = {
  clusterDown: (_e, _d, mesh) => mesh.down(),
  clusterUp: (_e, _d, mesh) => mesh.up(),
  clusterSlow: (_e, dice, mesh) => mesh.slow(dice.one([0, 200, 3_000, 7_000])),
  answerLost: (_e, _d, mesh) => mesh.loseNextAnswer(),
  writeRefused: (_e, _d, mesh) => mesh.refuseNext('denied by policy'),
  metrics: (_e, dice, mesh) =>
    dice.one([
      () => mesh.metricsDown(),
      () => mesh.metricsEmpty(),
      () => mesh.metricsNaN(),
      () => mesh.metricsUp(),
    ])(),
  podsGone: (_e, _d, mesh) => mesh.setVersion(service, v2, { readyEndpoints: 0 }),
  podsReady: (_e, _d, mesh) => mesh.setVersion(service, v2, { readyEndpoints: 3 }),
  errors: (_e, dice, mesh) =>
    mesh.setVersion(service, v2, { errorRate: dice.one([0, 0.001, 0.4]) }),
  slowness: (_e, dice, mesh) =>
    mesh.setVersion(service, v2, { latencyMs: { median: 20, p99: dice.one([110, 150, 900]) } }),
  traffic: (_e, dice, mesh) => mesh.setRequestRate(service, dice.one([3, 100, 100, 400])),
  proxiesStuck: (_e, _d, mesh) => mesh.proxiesStuck(),
  proxiesObey: (_e, _d, mesh) => mesh.proxiesObey(),
  editedByHand: (_e, _d, mesh) => {
    if (
      !mesh
        .objects()
        .some(({ kind, metadata }) => kind === ours.kind && metadata.name === ours.name)
    )
      return;
    mesh.editByHand(ours, (spec) => {
      const edited = structuredClone(spec) as { http: { route: { weight?: number }[] }[] };
      for (const route of edited.http[0]?.route ?? []) route.weight = 50;
      return edited;
    });
  },
  foreignRule: (_e, _d, mesh) => mesh.put(foreign, 'helm'),
  foreignRuleGone: (_e, _d, mesh) => removeForeign(mesh),
  workerKilled: (engine, dice) => engine.workers[0]?.life.endAfter(1 + dice.under(6)),
  workerAdded: (engine) => (engine.workers.length < 3 ? engine.addWorker() : undefined),
  command: (engine, dice, _m, release) => {
    const verb = dice.one([...orderVerbs, 'resume', 'resume', 'pause'] as const);
    const order = { verb, step: dice.under(6), comment: 'looked at by hand' } as Order;
    return engine.useCases.commandRelease({ ...order, release }, aCaller('ana'));
  },
  strategyChanged: async (engine, dice, _m, release) => {
    const strategy = strategyName('canary');
    await engine.useCases.putStrategy({ name: strategy, ...someStrategy(dice) }, aCaller('ana'));
    return engine.useCases.changeReleaseStrategy(
      { release, strategy, comment: '' },
      aCaller('ana'),
    );
  },
};

/** The night is over: everything works, so every release must come to its end. */
export function heal(engine: VirtualEngine, clusters: readonly string[]): void {
  for (const cluster of clusters) {
    const mesh = engine.mesh(cluster);
    mesh.up();
    mesh.slow(0);
    mesh.metricsUp();
    mesh.proxiesObey();
    mesh.setRequestRate(service, 100);
    removeForeign(mesh);
    mesh.setVersion(service, v2, { readyEndpoints: 3 });
  }
}
