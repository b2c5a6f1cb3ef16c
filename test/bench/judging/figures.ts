import { judgingCpu } from './cpu.js';
import type { Crew } from './crew.js';
import { bareCells, guardedCells } from './detection.js';
import { plus, type Tally } from './false-rollbacks.js';
import type { Figures } from './page.js';
import type { Found, Result, Work } from './work.js';

export interface Wanted {
  readonly releases: number;
  readonly simulations: number;
  readonly seed: number;
}

type Progress = (done: number, all: number) => void;

/** Streams of random numbers of one kind of harm; healthy releases have the first of them. */
const streams = 1_000_000;

const partsOf = (count: number, size: number): readonly { from: number; to: number }[] =>
  Array.from({ length: Math.ceil(count / size) }, (_, i) => ({
    from: i * size,
    to: Math.min(count, (i + 1) * size),
  }));

const shifted = (part: { from: number; to: number }, by: number) => ({
  from: part.from + by * streams,
  to: part.to + by * streams,
});

const tallyOf = (result: Result): Tally => ('tally' in result ? result.tally : {});
const foundOf = (result: Result): Found => ('found' in result ? result.found : []);

export async function figuresBy(
  crew: Pick<Crew, 'do'>,
  { releases, simulations, seed }: Wanted,
  progress: Progress = () => undefined,
): Promise<Pick<Figures, 'tally' | 'bare' | 'guarded' | 'cpu'>> {
  const cpu = judgingCpu(seed);
  let [done, all] = [0, 0];
  const give = async (work: Work): Promise<Result> => {
    all += 1;
    const result = await crew.do(work);
    progress((done += 1), all);
    return result;
  };
  const each = partsOf(simulations, 50);
  const bare = bareCells.map((cell, i) =>
    Promise.all(each.map((part) => give({ kind: 'bare', cell, ...shifted(part, 1 + i) }))),
  );
  const guarded = guardedCells.map((cell, i) =>
    Promise.all(each.map((part) => give({ kind: 'guarded', cell, ...shifted(part, 101 + i) }))),
  );
  const healthy = partsOf(releases, 20).map((part) => give({ kind: 'healthy', ...part }));
  return {
    cpu,
    bare: (await Promise.all(bare)).map((results) => results.flatMap(foundOf)),
    guarded: (await Promise.all(guarded)).map((results) => results.flatMap(foundOf)),
    tally: (await Promise.all(healthy)).map(tallyOf).reduce(plus, {}),
  };
}
