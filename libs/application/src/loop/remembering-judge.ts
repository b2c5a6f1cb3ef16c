import type { Judge, Verdict } from '@spillway/domain-analysis';

/** All cases that are judged in some seconds; one takes about a kilobyte. */
const most = 5_000;

/**
 * Judges each look once: when it is measured and again when the release is decided on, a moment
 * later and with the same measurements. Measurements of a step are only ever added, so the number of
 * them and the newest say which they are. A look at one cluster judges the others as they were before,
 * so both are remembered. A case without a name is judged each time.
 */
export function rememberingJudge(judge: Judge): Judge {
  const known = new Map<string, Verdict>();
  return (given, now) => {
    const { name, spec, cluster, measurements, since, comparedSince, alpha, isAlone } = given;
    if (name === undefined) return judge(given, now);
    const last = measurements.at(-1);
    const newest = [measurements.length, last?.ordinal, last?.to];
    const asked = [name, spec.name, cluster, ...newest, since, comparedSince, alpha, isAlone];
    const key = asked.join(' ');
    const before = known.get(key);
    if (before !== undefined) return before;
    const verdict = judge(given, now);
    known.set(key, verdict);
    const [oldest] = known.keys();
    if (known.size > most && oldest !== undefined) known.delete(oldest);
    return verdict;
  };
}
