import { describe, expect, it } from '@jest/globals';
import { expectGolden } from './golden.js';
import { Story } from './story.js';
import { at, canary, seconds } from './strategies.js';

const clusters = ['eu-west', 'us-east'];
const strategy = canary({
  metrics: [],
  steps: [at(20), { kind: 'bake', length: seconds(10) }, at(50), { kind: 'pause' }],
});

describe('a service that is not HTTP by subsets', () => {
  it('has its TCP connections shared by weight', async () => {
    const story = new Story();
    await story.given(clusters, strategy, { routing: { protocol: 'tcp' } });
    const id = await story.release('v2');
    await story.phase(id, 'paused');
    story.splits();
    story.answers();
    await story.command(id, 'abort', 'too many reconnects');
    const release = await story.end(id);
    story.splits();
    expect(release.phase).toBe('rolledBack');
    expectGolden(story.narrator.text, 'tcp');
  });

  it('goes from one Kubernetes Service to the other', async () => {
    const story = new Story();
    const versionHost = 'catalog-{version}.shop.svc.cluster.local';
    await story.given(clusters, canary(), { routing: { versionHost } });
    const id = await story.release('v2');
    await story.pass('5s');
    story.splits();
    story.answers();
    const release = await story.end(id);
    story.splits();
    expect(release.phase).toBe('succeeded');
    expectGolden(story.narrator.text, 'versions-as-services');
  });
});
