import type { Judge, Verdict } from '@spillway/domain-analysis';

interface Remembered {
  readonly stamp: string;
  readonly verdict: Verdict;
}

/** Far more cases than a worker has in hand; one takes about a kilobyte. */
const most = 5_000;

/**
 * Judges each look once: when it is measured and again when the release is decided on, a moment
 * later and with the same measurements. Measurements of a step are only ever added, so the number of
 * them and the newest say which they are. A case without a name is judged each time.
 */
export function rememberingJudge(judge: Judge): Judge {
  const known = new Map<string, Remembered>();
  return (given, now) => {
    const { name, spec, cluster, measurements, since, comparedSince, alpha, isAlone } = given;
    if (name === undefined) return judge(given, now);
    const last = measurements.at(-1);
    const key = `${name} ${spec.name} ${cluster}`;
    const newest = [measurements.length, last?.ordinal, last?.to];
    const stamp = [...newest, since, comparedSince, alpha, isAlone].join(' ');
    const before = known.get(key);
    if (before?.stamp === stamp) return before.verdict;
    const verdict = judge(given, now);
    known.delete(key);
    known.set(key, { stamp, verdict });
    const [oldest] = known.keys();
    if (known.size > most && oldest !== undefined) known.delete(oldest);
    return verdict;
  };
}
