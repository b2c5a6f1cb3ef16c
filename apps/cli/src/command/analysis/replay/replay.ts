import { judges, type AnalysisVerdict } from '@spillway/interface-contract';
import { UsageError } from '../../../usage-error.js';
import { replayable, type ReplayableJudge } from './assemble.js';
import type { ReplayReport } from './replay-report.js';
import type { PastWindow } from './window.js';

export interface Replay {
  readonly judge: ReplayableJudge;
  readonly settings: object;
  readonly windows: readonly PastWindow[];
  /** A look after every so many windows, and after the last. */
  readonly every: number;
}

/** Judges after each look what was known then, and nothing later: as a release would have. */
export function replay({ judge, settings, windows, every }: Replay): ReplayReport {
  const judged = windows.flatMap(({ at }, index) => {
    const known = index + 1;
    if (known % every !== 0 && known !== windows.length) return [];
    const verdict = judgeUpTo(judge, settings, windows.slice(0, known));
    return [{ look: known, ...(at === undefined ? {} : { at }), verdict }];
  });
  const last = judged.at(-1)?.verdict;
  if (last === undefined) {
    throw new UsageError('There is no window to judge.', 'Give at least one.');
  }
  const looks = judged.map(({ verdict: { verdict, because }, ...when }) => ({
    ...when,
    verdict,
    because,
  }));
  return { judge, looks, first: firsts(looks), last };
}

function firsts(looks: ReplayReport['looks']): ReplayReport['first'] {
  const found = (['fail', 'pass', 'splitNotInForce'] as const).flatMap((kind) => {
    const look = looks.find(({ verdict }) => verdict === kind);
    if (look === undefined) return [];
    return [[kind, { look: look.look, ...(look.at === undefined ? {} : { at: look.at }) }]];
  });
  return Object.fromEntries(found) as ReplayReport['first'];
}

function judgeUpTo(
  judge: ReplayableJudge,
  settings: object,
  windows: readonly PastWindow[],
): AnalysisVerdict {
  const measurements = replayable[judge](windows);
  const judged = judges[judge].judge({ settings, measurements });
  if (judged.ok) return { judge, ...judged.value };
  const { message, next } = judged.error;
  throw new UsageError(message, `${next} docs/schemas/analysis-cases.schema.json has every field.`);
}
