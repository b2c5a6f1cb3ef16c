import { aCaller } from '@spillway/application/testing';
import { isFinal, type Release } from '@spillway/domain-release';
import { after, serviceName, strategyName, version, type ReleaseId } from '@spillway/kernel';
import { VirtualEngine, must } from '../virtual/virtual-engine.js';
import { Dice } from './dice.js';
import { faults, heal } from './faults.js';
import { ClusterWatch, checkFinalRouting, checkHistory } from './invariants.js';
import { Outside, checkHooks, someHooks } from './outside.js';
import { someStrategy } from './some-strategy.js';
import { expect } from '@jest/globals';

const clusters = ['eu-west', 'us-east'];
const morning = 4 * 3_600_000;

export interface Night {
  readonly phase: Release['phase'];
  readonly log: readonly string[];
}

/** One release through a night of faults drawn from a seed. The same seed is the same night. */
export async function liveThrough(seed: number): Promise<Night> {
  const dice = new Dice(seed);
  const log: string[] = [];
  const engine = new VirtualEngine((job, error) => log.push(`${job.kind}: ${String(error)}`));
  if (dice.under(2) === 1) engine.addWorker();
  const outside = new Outside(engine);
  await engine.given(clusters, { ...someStrategy(dice), hooks: someHooks(dice) });
  const watches = clusters.map((cluster) => new ClusterWatch(engine.mesh(cluster)));
  const { id } = must(
    await engine.useCases.startRelease(
      {
        service: serviceName('shop/catalog'),
        candidate: version('v2'),
        strategy: strategyName('canary'),
        description: '',
      },
      aCaller('ana'),
    ),
  );
  for (let i = 0; i < 25; i += 1) {
    const after_ = after(engine.time.now(), dice.under(6_000));
    await engine.until(after_, () => Promise.resolve(false));
    const name = dice.one(Object.keys(faults));
    const cluster = dice.one(clusters);
    log.push(`${engine.time.now()} ${name} ${cluster}`);
    await faults[name]?.(engine, dice, engine.mesh(cluster), id);
    for (let turns = dice.under(3); turns > 0; turns -= 1) outside.turn(dice);
    await checkNow(engine, id, watches, outside);
  }
  heal(engine, clusters);
  outside.heal();
  const release = await untilItIsOver(engine, id);
  await checkNow(engine, id, watches, outside);
  expect(isFinal(release.phase)).toBe(true);
  if (release.phase !== 'cancelled') {
    for (const cluster of clusters) checkFinalRouting(release, engine.mesh(cluster));
  }
  return { phase: release.phase, log };
}

async function checkNow(
  engine: VirtualEngine,
  id: ReleaseId,
  watches: readonly ClusterWatch[],
  { answers }: Outside,
): Promise<void> {
  expect(watches.flatMap(({ broken }) => broken)).toEqual([]);
  const { release, events } = await engine.store.run(async (tx) => ({
    release: await tx.releases.get(id),
    events: (await tx.releases.events(id, 0, 10_000)).map(({ event }) => event),
  }));
  if (release === undefined) throw new Error('the release is gone');
  checkHistory(release, events);
  checkHooks(release, events, answers);
}

/** What waits for a word of somebody. */
const needsWord = ({ phase, held }: Release): boolean =>
  phase === 'paused' ||
  held?.reason.kind === 'inconclusive' ||
  held?.reason.kind === 'splitNotInForce';

/** Somebody resumes what waits for that; nothing else is done by hand. */
async function untilItIsOver(engine: VirtualEngine, id: ReleaseId): Promise<Release> {
  const limit = after(engine.time.now(), morning);
  while (engine.time.now() < limit) {
    const rests = async (): Promise<boolean> => {
      const release = await engine.state(id);
      return isFinal(release.phase) || needsWord(release);
    };
    await engine.until(limit, rests);
    if (isFinal((await engine.state(id)).phase)) break;
    await engine.useCases.commandRelease(
      { release: id, verb: 'resume', comment: '' },
      aCaller('ana'),
    );
  }
  await engine.until(after(engine.time.now(), 600_000), () => Promise.resolve(false));
  return engine.state(id);
}
