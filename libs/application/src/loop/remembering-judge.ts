import type { FollowedLatency, Judge, Recall, Verdict } from '@spillway/domain-analysis';
import { BoundedMap } from '../bounded-map.js';

/** All cases that are judged in some seconds; one takes about a kilobyte. */
const most = 5_000;

/** All that are judged in a while; a worker follows hardly more. One takes about four kilobytes. */
const mostFollowed = 10_000;

/**
 * Judges each look once: when it is measured and again when the release is decided on, a moment
 * later and with the same measurements. Measurements of a step are only ever added, so the number of
 * them and the newest say which they are. A look at one cluster judges the others as they were before,
 * so both are remembered. A case without a name is judged each time.
 *
 * Where the evidence of a case stands is kept for longer: each look goes on from there.
 */
export function rememberingJudge(judge: Judge): Judge {
  const known = new BoundedMap<Verdict>(most);
  const followed = new BoundedMap<FollowedLatency>(mostFollowed);
  const recallOf =
    (ofCase: string): Recall =>
    (follow) => {
      const reached = follow(followed.get(ofCase));
      followed.set(ofCase, reached);
      return reached;
    };
  return (given, now) => {
    const { name, spec, cluster, measurements, since, comparedSince, alpha, isAlone } = given;
    if (name === undefined) return judge(given, now);
    const last = measurements.at(-1);
    const newest = [measurements.length, last?.ordinal, last?.to];
    const ofCase = [name, spec.name, cluster].join(' ');
    const asked = [ofCase, ...newest, since, comparedSince, alpha, isAlone];
    const key = asked.join(' ');
    const before = known.get(key);
    if (before !== undefined) return before;
    const verdict = judge({ ...given, recall: recallOf(ofCase) }, now);
    known.set(key, verdict);
    return verdict;
  };
}
