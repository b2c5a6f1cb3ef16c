import { describe, expect, it } from '@jest/globals';
import { playgroundDeployment } from '@spillway/adapter-cluster';
import { clusterName, version } from '@spillway/kernel';
import { expectGolden } from './golden.js';
import { Story } from './story.js';
import { at, canary, percent, seconds } from './strategies.js';

const clusters = ['eu-west', 'us-east'];

describe('shares of the traffic', () => {
  it('rise by a ramp, more slowly in the first cluster', async () => {
    const story = new Story();
    const ramp = { kind: 'ramp', from: percent(10), to: percent(40), steps: 4 } as const;
    await story.given(
      clusters,
      canary({
        waves: [{ kind: 'names', names: [clusterName('eu-west')], pace: 2 }, { kind: 'rest' }],
        steps: [{ ...ramp, over: seconds(40) }],
      }),
    );
    const id = await story.release('v2');
    const release = await story.end(id);
    story.answers();
    expect(release.phase).toBe('succeeded');
    expectGolden(story.narrator.text, 'ramp');
  });

  it('are copies first and then answers', async () => {
    const story = new Story();
    await story.given(clusters, mirrored);
    const id = await story.release('v2');
    await story.pass('5s');
    story.splits();
    story.answers();
    await story.pass('20s');
    story.splits();
    const release = await story.end(id);
    expect(release.phase).toBe('succeeded');
    expectGolden(story.narrator.text, 'mirror-then-weight');
  });

  it('are none when the copies fail', async () => {
    const story = new Story();
    await story.given(clusters, mirrored);
    const id = await story.release('v3');
    const release = await story.end(id);
    story.splits();
    story.answers();
    expect(release.phase).toBe('rolledBack');
    expectGolden(story.narrator.text, 'mirror-fails');
  });

  it('are kept by cookie, and given up with the rollback', async () => {
    const story = new Story();
    await story.given(
      clusters,
      canary({
        waves: [{ kind: 'rest' }],
        sticky: { cookie: 'catalog-version', lifetime: seconds(3_600) },
        steps: [at(10), { kind: 'analyze', metrics: [] }, at(30), { kind: 'pause' }],
      }),
    );
    const id = await story.release('v2');
    await story.pass('5s');
    story.splits();
    await story.phase(id, 'paused');
    story.splits();
    story.happens('v2 begins to fail in us-east', () =>
      story.mesh('us-east').setVersion(playgroundDeployment.service, version('v2'), {
        errorRate: 0.5,
      }),
    );
    await story.command(id, 'abort', 'it fails in us-east');
    const release = await story.end(id);
    story.splits();
    expect(release.phase).toBe('rolledBack');
    expectGolden(story.narrator.text, 'sticky');
  });
});

const mirrored = canary({
  steps: [
    { kind: 'mirror', mirror: { share: percent(25), methods: 'safe' } },
    { kind: 'analyze', metrics: [] },
    at(10),
    { kind: 'analyze', metrics: [] },
  ],
});
