import { ms, quantile, type Extent, type Figure, type Row } from '../figure.js';
import { climb, describeHeld } from '../climb.js';
import { Stage } from '../stage.js';
import { serviceOf } from '../world/names.js';
import { isHeld } from './held.js';

const wanted = 500;
/** Those that run already need their looks while others begin. */
const usual = { ramp: [100, 300, wanted], short: 2 };
/** As many as a 99th percentile needs to be one. */
const aborts = 100;
const mostAbortMs = 250;

/** Releases that are in ten clusters each; and aborts of others while they go on. */
export const tenClusters: Row = {
  name: 'ten-clusters',
  title: 'Releases in ten clusters, and aborts beside them',
  run: (extent, say) =>
    Stage.during(extent, extent.isShort ? 2 : 10, (stage) => measure(stage, extent, say)),
};

async function measure(
  stage: Stage,
  extent: Extent,
  say: (text: string) => void,
): Promise<readonly Figure[]> {
  const { length: clusters } = stage.clusters;
  const all = await climb(stage, extent, usual, say);
  const most = all.findLast(({ isInTime }) => isInTime)?.releases ?? 0;
  const waits = await abortAll(stage, extent.isShort ? 1 : aborts);
  const p99 = quantile(waits, 0.99);
  say(`  aborts: p50 ${ms(quantile(waits, 0.5))}, p99 ${ms(p99)} of ${waits.length}`);
  return [
    {
      measure: `active releases over ${clusters} clusters with p99 step lateness below 1 s`,
      value: `${most}`,
      goal: `≥ ${wanted}`,
      isMet: most >= wanted,
      note: all.slice(-2).map(describeHeld).join('; '),
    },
    {
      measure: `abort accepted → last of ${clusters} clusters written, p99, while ${stage.releases.length - waits.length} other releases run`,
      value: ms(p99),
      goal: `< ${mostAbortMs} ms`,
      isMet: p99 < mostAbortMs,
      note: `median ${ms(quantile(waits, 0.5))} of ${waits.length}`,
    },
  ];
}

/** Milliseconds from the answer to each abort until the last cluster had the routing that takes the traffic back. */
async function abortAll(stage: Stage, count: number): Promise<readonly number[]> {
  const first = stage.releases.length;
  const waits: number[] = [];
  for (let index = first; index < first + count; index += 1) {
    const id = await stage.begin(index);
    await stage.until(() => isHeld(stage, id), `${serviceOf(index)} has its weight everywhere`);
    const asked = performance.timeOrigin + performance.now();
    await stage.call('POST', `/releases/${id}/abort`, {});
    const accepted = performance.timeOrigin + performance.now();
    const written = await stage.world.writtenSince(asked, index, stage.clusters.length);
    waits.push(Math.max(0, Math.max(...written) - accepted));
  }
  return waits;
}
