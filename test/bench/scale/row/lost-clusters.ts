import { setTimeout as sleep } from 'node:timers/promises';
import { ms, quantile, type Extent, type Figure, type Row } from '../figure.js';
import { Stage } from '../stage.js';
import { isHeld } from './held.js';

const mostMs = 1_000;
/** Longer than somebody who restarts an API server waits, after which links try less often. */
const goneMs = 75_000;

/** What clusters that were lost when traffic was taken back are owed, and when they get it. */
export const lostClusters: Row = {
  name: 'lost-clusters',
  title: 'Clusters that were lost and return',
  run: (extent, say) =>
    Stage.during({ ...extent, workers: 1 }, extent.isShort ? 2 : 10, async (stage) => [
      await measure(stage, extent, say),
    ]),
};

async function measure(
  stage: Stage,
  { isShort }: Extent,
  say: (text: string) => void,
): Promise<Figure> {
  const { world, clusters } = stage;
  const [, ...lost] = clusters;
  const releases = isShort ? 1 : 10;
  await stage.holdReleases(releases);
  for (const id of stage.releases)
    await stage.until(() => isHeld(stage, id), `${id} has its weight`);
  await world.setGone(lost);
  await Promise.all(stage.releases.map((id) => stage.call('POST', `/releases/${id}/abort`, {})));
  await sleep(isShort ? 2_000 : goneMs);
  const back = await world.setGone([]);
  const written = await Promise.all(
    stage.releases.map((_, index) => world.writtenSince(back, index, lost.length)),
  );
  const waits = written.flat().map((at) => at - back);
  const slowest = Math.max(...waits);
  say(
    `  ${waits.length} writes after the return: p50 ${ms(quantile(waits, 0.5))}, slowest ${ms(slowest)}`,
  );
  return {
    measure: `return of ${lost.length} clusters, lost for ${goneMs / 1_000} s → each has the stable version of ${releases} releases`,
    value: ms(slowest),
    goal: `< ${ms(mostMs)}`,
    isMet: slowest < mostMs,
    note: `the slowest of ${waits.length} writes; median ${ms(quantile(waits, 0.5))}`,
  };
}
