import type { MetricQuestion, MetricsSource } from '@spillway/application';
import type { VirtualClock } from '@spillway/application/testing';
import { createSimulatedMetricsSource, type SimulatedMesh } from '@spillway/adapter-cluster';
import type { Reading, Sample } from '@spillway/domain-analysis';
import { after, type ClusterName } from '@spillway/kernel';
import type { Promises } from './promise/promises.js';

/** What the metrics of a cluster do besides being there or not. */
export type MetricsMood = 'honest' | 'late' | 'wrong';

/** Longer than any interval of a strategy of the nights. */
const lateness = 7_000;

interface Measured {
  readonly time: VirtualClock;
  readonly promises: Pick<Promises, 'noteQuestion'>;
  mesh(cluster: string): SimulatedMesh;
}

/** The metrics of the clusters, which may be late, and may say what is not so. */
export class Metrics {
  /** Whether what they said was ever not so. */
  wereWrong = false;
  private readonly moods = new Map<string, MetricsMood>();

  constructor(private readonly site: Measured) {}

  be(cluster: string, mood: MetricsMood): void {
    this.moods.set(cluster, mood);
    this.wereWrong ||= mood === 'wrong';
  }

  of(cluster: ClusterName): MetricsSource {
    const real = createSimulatedMetricsSource(this.site.mesh(cluster));
    return {
      read: async (question) => {
        this.site.promises.noteQuestion(cluster, question);
        if (this.moods.get(cluster) === 'late') await this.sleep();
        const reading = await real.read(question);
        return this.moods.get(cluster) === 'wrong' ? distorted(reading, question) : reading;
      },
      close: () => real.close(),
    };
  }

  private sleep(): Promise<void> {
    const { time } = this.site;
    return time.sleepUntil(after(time.now(), lateness));
  }
}

/** Now the candidate looks as if a third of its answers were errors, now stable does. */
function distorted(reading: Reading, { at }: MetricQuestion): Reading {
  if (reading.kind !== 'value' || reading.stable === undefined) return reading;
  return at % 2 === 0
    ? { ...reading, candidate: worse(reading.candidate) }
    : { ...reading, stable: worse(reading.stable) };
}

function worse(sample: Sample): Sample {
  const { requests, errors } = sample;
  if (requests === undefined || errors === undefined) return { ...sample, value: sample.value * 3 };
  const third = Math.max(errors, Math.floor(requests / 3));
  return { ...sample, value: requests === 0 ? 0 : 100 * (1 - third / requests), errors: third };
}
