import { describe, expect, it } from '@jest/globals';
import { playgroundDeployment } from '@spillway/adapter-cluster';
import { version } from '@spillway/kernel';
import { expectGolden } from './golden.js';
import { Story } from './story.js';
import { canary, latency, seconds, successRate } from './strategies.js';

const clusters = ['eu-west', 'us-east'];
const { service } = playgroundDeployment;
const edge = {
  gateways: ['istio-system/public'],
  hosts: ['shop.example.com', 'preview.shop.example.com'],
};

const blueGreen = canary({
  steps: [
    {
      kind: 'route',
      route: { name: 'preview', match: [{ authority: { exact: 'preview.shop.example.com' } }] },
    },
    { kind: 'analyze', metrics: [], iterations: 4 },
    { kind: 'switch' },
    { kind: 'bake', length: seconds(15) },
  ],
  bakeAfterPromotion: seconds(60),
});

const test = canary({
  waves: [{ kind: 'rest' }],
  metrics: [
    { ...successRate, minSample: 10 },
    { ...latency, minSample: 10 },
  ],
  steps: [
    {
      kind: 'route',
      route: { name: 'insiders', match: [{ cookies: { type: { exact: 'insider' } } }] },
    },
    { kind: 'analyze', metrics: [], iterations: 6 },
    { kind: 'switch' },
  ],
});

async function told(strategy: typeof test, cohort: number): Promise<Story> {
  const story = new Story();
  await story.given(clusters, strategy, { routing: { edge } });
  story.happens(`${cohort * 100} % of the requests are the cohort’s`, () => {
    for (const name of clusters) story.mesh(name).setCohort(service, cohort);
  });
  return story;
}

describe('blue and green', () => {
  it('is previewed, switched at once, and the old version stays until the bakes are over', async () => {
    const story = await told(blueGreen, 0.1);
    const id = await story.release('v2');
    await story.pass('10s');
    story.splits();
    await story.phase(id, 'baking');
    story.splits();
    const release = await story.end(id);
    story.splits();
    expect(release.phase).toBe('succeeded');
    expectGolden(story.narrator.text, 'blue-green');
  });

  it('goes back at once, everywhere, when it fails after the switch', async () => {
    const story = await told(blueGreen, 0.1);
    const id = await story.release('v2');
    await story.phase(id, 'baking');
    await story.pass('10s');
    story.happens('v2 begins to fail in us-east', () =>
      story.mesh('us-east').setVersion(service, version('v2'), { errorRate: 0.3 }),
    );
    const release = await story.end(id);
    story.splits();
    expect(release.phase).toBe('rolledBack');
    expectGolden(story.narrator.text, 'blue-green-back');
  });
});

describe('an A/B test', () => {
  it('promotes what its group found good', async () => {
    const story = await told(test, 0.2);
    const id = await story.release('v2');
    await story.pass('10s');
    story.answers();
    const release = await story.end(id);
    story.splits();
    expect(release.phase).toBe('succeeded');
    expectGolden(story.narrator.text, 'ab-test');
  });

  it('promotes nothing that its group found bad', async () => {
    const story = await told(test, 0.2);
    const id = await story.release('v3');
    const release = await story.end(id);
    story.splits();
    story.answers();
    expect(release.phase).toBe('rolledBack');
    expectGolden(story.narrator.text, 'ab-test-fails');
  });
});
