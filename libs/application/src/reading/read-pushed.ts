import type { Reading, Sample } from '@spillway/domain-analysis';
import { instant, type ClusterName } from '@spillway/kernel';
import type { MetricQuestion } from '../port/metrics-source.js';
import type { PushedStore, PushedSummary } from '../port/pushed-store.js';

/** What was pushed under a name in the window: success rate in percent where requests were counted, else the mean. */
export async function readPushed(
  metric: string,
  { service, stable, candidate, at, window }: MetricQuestion,
  cluster: ClusterName,
  pushed: PushedStore,
): Promise<Reading> {
  const found = await pushed.within({
    metric,
    cluster,
    service: service.service,
    from: instant(at - window),
    to: at,
  });
  const [own, other] = [candidate, stable].map((version) => {
    const summary = found.find((one) => one.version === version);
    return summary === undefined ? undefined : sampleOf(summary);
  });
  if (own === undefined) return { kind: 'empty' };
  return { kind: 'value', candidate: own, ...(other === undefined ? {} : { stable: other }) };
}

function sampleOf({ counts, values }: PushedSummary): Sample | undefined {
  if (counts === undefined) return values && { value: values.mean };
  const { requests, errors } = counts;
  return requests > 0 ? { value: 100 * (1 - errors / requests), requests, errors } : undefined;
}
