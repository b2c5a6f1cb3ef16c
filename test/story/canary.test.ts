import { describe, expect, it } from '@jest/globals';
import { playgroundDeployment } from '@spillway/adapter-cluster';
import { version } from '@spillway/kernel';
import { expectGolden } from './golden.js';
import { Story } from './story.js';
import { canary, seconds } from './strategies.js';

const clusters = ['eu-west', 'us-east'];

describe('a canary over two clusters', () => {
  it('advances wave by wave and ends with the new version stable', async () => {
    const story = new Story();
    await story.given(clusters, canary({ bakeAfterPromotion: seconds(15) }));
    const id = await story.release('v2');
    const release = await story.end(id);
    story.splits();
    expect(release.phase).toBe('succeeded');
    expectGolden(story.narrator.text, 'healthy-canary');
  });

  it('is taken back when it fails in the first cluster, before another one sees it', async () => {
    const story = new Story();
    await story.given(clusters, canary());
    const id = await story.release('v3');
    const release = await story.end(id);
    story.splits();
    expect(release.phase).toBe('rolledBack');
    expectGolden(story.narrator.text, 'failing-canary');
  });

  it('is taken back in every cluster when it fails in one of them after promotion', async () => {
    const story = new Story();
    await story.given(clusters, canary({ bakeAfterPromotion: seconds(60) }));
    const id = await story.release('v2');
    await story.phase(id, 'baking');
    await story.pass('10s');
    story.happens('v2 begins to fail in us-east', () =>
      story.mesh('us-east').setVersion(playgroundDeployment.service, version('v2'), {
        errorRate: 0.3,
      }),
    );
    const release = await story.end(id);
    story.splits();
    expect(release.phase).toBe('rolledBack');
    expectGolden(story.narrator.text, 'failing-after-promotion');
  });
});
