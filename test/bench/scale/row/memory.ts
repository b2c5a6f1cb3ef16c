import { setTimeout as sleep } from 'node:timers/promises';
import { megabytes, type Row } from '../figure.js';
import { residentBytes } from '../process-figures.js';
import { Stage } from '../stage.js';

const wanted = 1_000;
const atOnce = 200;
const mostBytes = 400 * 1_048_576;

/** What a worker has in memory for releases in five clusters, each of which it watches. */
export const memory: Row = {
  name: 'memory',
  title: 'Memory of a worker',
  run(extent, say) {
    const { isShort } = extent;
    const [releases, clusters] = isShort ? [2, 2] : [wanted, 5];
    return Stage.during({ ...extent, workers: 1 }, clusters, async (stage) => {
      const [worker] = stage.workers;
      const bytes = (): number => residentBytes(worker?.pid ?? 0);
      const before = bytes();
      // Those that run already need their looks while others begin.
      let areMeasured = true;
      for (let begun = 0; begun < releases && areMeasured; begun += atOnce) {
        areMeasured = await stage.holdReleases(Math.min(releases, begun + atOnce));
      }
      const { length: held } = stage.releases;
      await sleep(isShort ? 0 : 30_000);
      const after = bytes();
      say(
        `  ${held} releases in ${clusters} clusters: ${megabytes(after)}, before ${megabytes(before)}`,
      );
      return [
        {
          measure: `memory (RSS) of a worker with ${held} active releases in ${clusters} clusters`,
          value: megabytes(after),
          goal: `< ${megabytes(mostBytes)}`,
          isMet: areMeasured && held === releases && after < mostBytes,
          note: `${megabytes(before)} before they began${writerNote(stage)}${areMeasured ? '' : '; more than one worker can measure in time'}`,
        },
      ];
    });
  },
};

const writerNote = ({ writers }: Stage): string =>
  writers.map(({ pid }) => `, the writer beside it ${megabytes(residentBytes(pid))}`).join('');
