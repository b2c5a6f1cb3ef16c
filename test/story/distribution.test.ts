import { describe, expect, it } from '@jest/globals';
import { expectGolden } from './golden.js';
import { Story } from './story.js';
import { canary } from './strategies.js';

const clusters = ['eu-west', 'us-east'];

describe('a canary that waits for the proxies', () => {
  it('gives nobody the next step while a proxy is behind, and goes on when it has caught up', async () => {
    const story = new Story();
    await story.given(clusters, canary({ verify: 'distributed' }));
    const id = await story.release('v2');
    await story.pass('2s');
    story.happens('gw-0 of eu-west freezes', () => story.proxies('eu-west').behind('gw-0'));
    await story.phase(id, 'held');
    story.splits();
    expect((await story.state(id)).held?.reason.kind).toBe('notDistributed');
    await story.pass('20s');
    story.happens('gw-0 goes on', () => story.proxies('eu-west').behind());
    const release = await story.end(id);
    expect(release.phase).toBe('succeeded');
    expect(release.rollouts.every(({ distributed }) => distributed?.proxies === 2)).toBe(true);
    expectGolden(story.narrator.text, 'proxy-behind');
  });

  it('is taken back at once though a proxy is frozen', async () => {
    const story = new Story();
    await story.given(clusters, canary({ verify: 'distributed' }));
    const id = await story.release('v2');
    await story.pass('2s');
    story.happens('gw-0 of eu-west freezes', () => story.proxies('eu-west').behind('gw-0'));
    await story.phase(id, 'held');
    await story.command(id, 'abort');
    const release = await story.end(id);
    story.splits();
    expect(release.phase).toBe('rolledBack');
    expectGolden(story.narrator.text, 'proxy-behind-and-back');
  });
});
