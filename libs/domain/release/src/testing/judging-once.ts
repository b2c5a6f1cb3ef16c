import { judgeMetric, type Judge, type Verdict } from '@spillway/domain-analysis';

/** The judge of the loop, which sees each case of one release again and again in a walk. */
export function judgingOnce(): Judge {
  const known = new Map<string, Verdict>();
  return (given, now) => {
    const { name, spec, cluster, measurements, since, comparedSince, alpha, isAlone } = given;
    if (name === undefined) return judgeMetric(given, now);
    const of = [name, spec.name, cluster, measurements.length];
    const key = [...of, since, comparedSince, alpha, isAlone].join();
    const verdict = known.get(key) ?? judgeMetric(given, now);
    known.set(key, verdict);
    return verdict;
  };
}
