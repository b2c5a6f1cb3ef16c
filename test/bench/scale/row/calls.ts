import { setTimeout as sleep } from 'node:timers/promises';
import type { Row } from '../figure.js';
import { Stage } from '../stage.js';
import { serviceOf } from '../world/names.js';

/** Each changes the routing once, and giving all traffic at the end once more. */
const all = [1, 5, 10, 25, 50, 75];
const stepwise = (weights: readonly number[]) => ({
  name: 'stepwise',
  steps: weights.flatMap((setWeight) => [{ setWeight }, { bake: '1s' }]),
});

/** Subsets, and the first route. What nobody routes to is removed half a minute after the end. */
const besideSteps = 2;

/** What a release costs the API server of a cluster. */
export const calls: Row = {
  name: 'calls',
  title: 'Kubernetes calls',
  run(extent, say) {
    return Stage.during({ ...extent, workers: 1 }, 1, async (stage) => {
      const weights = extent.isShort ? all.slice(0, 2) : all;
      const service = serviceOf(0);
      const { clusters, call, world } = stage;
      await call('POST', '/services', { name: service, port: 80, stable: 'v1', clusters });
      await call('POST', '/strategies', stepwise(weights));
      const { id } = (await call('POST', '/releases', {
        service,
        candidate: 'v2',
        strategy: 'stepwise',
      })) as { id: string };
      // The watches of its endpoints begin with it; they are lists and watches, not calls of a step.
      await stage.until(() => isIn(stage, id, 'progressing'), 'the release progresses');
      const before = await world.asked();
      await stage.until(() => isIn(stage, id, 'succeeded'), 'the release succeeds');
      await sleep(1_000);
      const after = await world.asked();
      const steps = weights.length + 1;
      const writes = after.writes;
      const reads = after.reads - before.reads;
      say(`  ${writes} writes and ${reads} reads for ${steps} steps`);
      return [
        {
          measure: 'Kubernetes calls for a step in a cluster: writes',
          value: `${((writes - besideSteps) / steps).toFixed(2)}`,
          goal: '1',
          isMet: writes - besideSteps <= steps,
          note: `${writes} of a release with ${steps} changes of weight; ${besideSteps} of them for its subsets and its first route`,
        },
        {
          measure: 'Kubernetes calls for a step in a cluster: reads',
          value: (reads / steps).toFixed(2),
          goal: '0',
          isMet: reads === 0,
        },
      ];
    });
  },
};

async function isIn({ database }: Stage, id: string, phase: string): Promise<boolean> {
  const [row] = await database.rows<{ phase: string }>(
    'select releases.phase from releases where releases.id = $1',
    [id],
  );
  return row?.phase === phase || (phase === 'progressing' && row?.phase === 'succeeded');
}
