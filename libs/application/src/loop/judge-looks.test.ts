import { expect, it } from '@jest/globals';
import { judgeMetric, type Measurement, type Reading } from '@spillway/domain-analysis';
import { aMetric } from '@spillway/domain-release/testing';
import { after, basisPoints, duration, type ClusterName, type Instant } from '@spillway/kernel';
import { aWorkshop, type Workshop } from '../testing/fake/workshop.js';
import { eu, us } from '../testing/index.js';
import { judgeLooks } from './judge-looks.js';
import type { Subject } from './subject.js';

const minute = 60_000;
const healthy: Reading = {
  kind: 'value',
  candidate: { value: 99.9, requests: 1_000, errors: 1 },
  stable: { value: 99.9, requests: 9_000, errors: 9 },
};
const off: Reading = {
  kind: 'value',
  candidate: { value: 100, requests: 5_000, errors: 0 },
  stable: { value: 100, requests: 5_000, errors: 0 },
};

/** Baking at 10 % in both clusters. */
async function baking(): Promise<{ readonly subject: Subject; readonly since: Instant }> {
  const workshop: Workshop = await aWorkshop({
    metrics: [
      aMetric({ judge: { kind: 'errorCount', maxRatio: 1, minRequests: 1 } }),
      aMetric({ name: 'p99', query: { kind: 'requestLatency', quantile: 0.99 } }),
    ],
    steps: [
      { kind: 'setWeight', weight: basisPoints(1_000) },
      { kind: 'bake', length: duration(60 * minute) },
    ],
  });
  const { id } = await workshop.started();
  await workshop.work();
  const release = await workshop.release(id);
  const subject = await workshop.uow.run(async (tx) => {
    const service = await tx.services.get(release.service);
    if (service === undefined) throw new Error('it is there');
    return { release, service, clusters: await tx.clusters.getAll([eu, us]) };
  });
  return { subject, since: release.cursor.enteredAt };
}

const looksFrom =
  (since: Instant) =>
  (metric: string, cluster: ClusterName, ordinals: readonly number[], reading = healthy) =>
    ordinals.map((ordinal): Measurement => ({
      metric,
      cluster,
      ordinal,
      from: after(since, ordinal * minute),
      to: after(since, (ordinal + 1) * minute),
      reading,
    }));

it('gives the newest look of each metric and cluster its verdict, and the others none', async () => {
  const { subject, since } = await baking();
  const of = looksFrom(since);
  const made = of('success-rate', eu, [0, 1]);
  const fresh = [...of('success-rate', eu, [2, 3]), ...of('p99', eu, [2]), ...of('p99', us, [0])];
  const judged = judgeLooks(subject, made, fresh, judgeMetric, after(since, 4 * minute));
  expect(
    judged.map(({ verdict, ...look }) => [look.metric, look.ordinal, verdict?.evidence]),
  ).toEqual([
    ['success-rate', 2, undefined],
    ['success-rate', 3, expect.objectContaining({ cluster: 'eu', measured: 4 })],
    ['p99', 2, expect.objectContaining({ cluster: 'eu', measured: 1 })],
    ['p99', 0, expect.objectContaining({ cluster: 'us', measured: 1 })],
  ]);
});

it('says what was asked, and with what evidence it was concluded', async () => {
  const { subject, since } = await baking();
  const fresh = looksFrom(since)('success-rate', eu, [0]);
  const [look] = judgeLooks(subject, [], fresh, judgeMetric, after(since, minute));
  expect(look).toMatchObject({
    query: 'requests and failed requests, of Istio’s metrics',
    reading: healthy,
    verdict: {
      evidence: {
        comparison: { candidate: { n: 1_000, errors: 1 }, stable: { n: 9_000, errors: 9 } },
        standing: { alpha: 0.01 },
      },
    },
  });
});

it('concludes from what was measured before as well', async () => {
  const { subject, since } = await baking();
  const of = looksFrom(since);
  const [look] = judgeLooks(
    subject,
    of('success-rate', eu, [0, 1, 2]),
    of('success-rate', eu, [3]),
    judgeMetric,
    after(since, 4 * minute),
  );
  expect(look?.verdict?.evidence.comparison?.candidate).toEqual({ n: 4_000, errors: 4 });
});

it('compares nothing where the split is not in force, and leaves the split itself to the release', async () => {
  const { subject, since } = await baking();
  const fresh = looksFrom(since)('success-rate', eu, [0], off);
  const [look] = judgeLooks(subject, [], fresh, judgeMetric, after(since, minute));
  expect(look?.verdict?.evidence.metric).toBe('success-rate');
  expect(look?.verdict?.evidence).not.toHaveProperty('comparison');
});

it('stores a look that came too late for its step without a verdict', async () => {
  const { subject, since } = await baking();
  const { release } = subject;
  const next = { ...release, cursor: { ...release.cursor, index: 2, started: false } };
  const fresh = looksFrom(since)('success-rate', eu, [0]);
  const late = judgeLooks({ ...subject, release: next }, [], fresh, judgeMetric, since);
  expect(late).toEqual(fresh);
});
