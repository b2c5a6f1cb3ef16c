import { aCaller } from '@spillway/application/testing';
import type { OnBusy } from '@spillway/application';
import { isFinal, hasService, replay, type Release } from '@spillway/domain-release';
import { after, serviceName, strategyName, version, type ReleaseId } from '@spillway/kernel';
import { expect } from '@jest/globals';
import { VirtualEngine } from '../virtual/virtual-engine.js';
import { Dice } from './dice.js';
import { heal } from './faults.js';
import { ClusterWatch, checkFinalRouting } from './invariants.js';
import { someStrategy } from './some-strategy.js';

const clusters = ['eu-west', 'us-east'];
const service = serviceName('shop/catalog');
const strategy = strategyName('canary');
const policies: readonly OnBusy[] = ['refuse', 'queue', 'queue', 'supersede'];
const all = { limit: 500 };

/** Many releases of one service, each with its policy, and workers that are killed in between. */
export async function liveThroughBusy(seed: number): Promise<readonly Release['phase'][]> {
  const dice = new Dice(seed);
  const engine = new VirtualEngine(() => undefined);
  await engine.given(clusters, someStrategy(dice));
  const watches = clusters.map((cluster) => new ClusterWatch(engine.mesh(cluster)));
  for (let i = 0; i < 20; i += 1) {
    await engine.until(after(engine.time.now(), dice.under(20_000)), () => Promise.resolve(false));
    await happen(engine, dice);
    await mustBeOne(engine);
    expect(watches.flatMap(({ broken }) => broken)).toEqual([]);
  }
  heal(engine, clusters);
  for (let rounds = 0; rounds < 120 && (await open(engine)).length > 0; rounds += 1) {
    await engine.until(after(engine.time.now(), 60_000), () => Promise.resolve(false));
    for (const { id, phase } of await open(engine)) {
      if (phase === 'paused' || phase === 'held') await tell(engine, id, 'resume');
    }
  }
  await engine.until(after(engine.time.now(), 600_000), () => Promise.resolve(false));
  return mustHaveEnded(engine);
}

const releasesOf = async (engine: VirtualEngine): Promise<readonly Release[]> =>
  engine.store.run(async (tx) => (await tx.releases.list({ service }, all)).items);

const open = async (engine: VirtualEngine): Promise<readonly Release[]> =>
  (await releasesOf(engine)).filter(({ phase }) => !isFinal(phase));

const tell = (engine: VirtualEngine, release: ReleaseId, verb: 'abort' | 'resume') =>
  engine.useCases.commandRelease({ release, verb, comment: '' }, aCaller('ana'));

async function happen(engine: VirtualEngine, dice: Dice): Promise<void> {
  const waiting = await open(engine);
  const one = waiting.length === 0 ? undefined : dice.one(waiting);
  switch (dice.under(6)) {
    case 0:
      if (one !== undefined) await tell(engine, one.id, 'abort');
      return;
    case 1:
      engine.workers[0]?.life.endAfter(1 + dice.under(6));
      if (engine.workers.length < 3) engine.addWorker();
      return;
    case 2: {
      const mesh = engine.mesh(dice.one(clusters));
      if (dice.under(2) === 0) mesh.down();
      else mesh.up();
      return;
    }
    default: {
      const candidate = version(dice.one(['v1', 'v2', 'v3']));
      const command = { service, candidate, strategy, description: '', onBusy: dice.one(policies) };
      await engine.useCases.startRelease(command, aCaller('ana'));
    }
  }
}

/** Whatever comes together, one release at most has the service. */
async function mustBeOne(engine: VirtualEngine): Promise<void> {
  const having = (await releasesOf(engine)).filter(({ phase }) => hasService(phase));
  expect(having.length).toBeLessThanOrEqual(1);
}

/** Each came to its end, as its history says, and the clusters have what the last one left. */
async function mustHaveEnded(engine: VirtualEngine): Promise<readonly Release['phase'][]> {
  const releases = await releasesOf(engine);
  for (const release of releases) {
    const events = await engine.store.run((tx) => tx.releases.events(release.id, 0, 10_000));
    expect(replay(events.map(({ event }) => event))).toEqual(release);
  }
  expect(releases.filter(({ phase }) => !isFinal(phase))).toEqual([]);
  const latest = await engine.store.run(
    async (tx) => (await tx.services.get(service))?.latestRelease,
  );
  const last = releases.find(({ id }) => id === latest);
  if (last !== undefined) {
    for (const cluster of clusters) checkFinalRouting(last, engine.mesh(cluster));
  }
  return releases.map(({ phase }) => phase);
}
