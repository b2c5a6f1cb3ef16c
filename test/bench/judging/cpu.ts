import { judgeMetric } from '@spillway/domain-analysis';
import { judgeAll } from '@spillway/domain-release';
import { releaseOf } from './by-release.js';
import { atLook, measurementsOf } from './measurements.js';
import { guardrails } from './specs.js';
import { traffic } from './traffic.js';

export const judged = { releases: 500, look: 30 } as const;

const metrics = ['errors', 'latency'] as const;

/** Milliseconds of processor time to judge all releases once, at a look in the midst of a step; the least of five. */
export function judgingCpu(seed: number): number {
  const steps = [{ weight: 0.1, looks: judged.look }];
  const policy = { alpha: 0.01, metrics: 'weight', clusters: 'average' } as const;
  const specs = metrics.map((name) => guardrails[name]);
  const releases = Array.from({ length: judged.releases }, (_, release) => {
    const scene = { seed, release, clusters: 1, steps, harm: {}, withLatencies: true };
    const [looks = []] = traffic(scene);
    return {
      release: releaseOf({ steps, clusters: 1, metrics: specs, policy }),
      measurements: metrics.flatMap((metric) => measurementsOf(metric, 0, looks, 0)),
    };
  });
  const times = Array.from({ length: 5 }, () => {
    const before = process.cpuUsage();
    for (const { release, measurements } of releases) {
      judgeAll(release, { clusters: new Map(), measurements }, judgeMetric, atLook(judged.look));
    }
    return process.cpuUsage(before).user / 1_000;
  });
  return Math.min(...times);
}
