import { describe, expect, it } from '@jest/globals';
import { expectGolden } from './golden.js';
import { Story, type World } from './story.js';
import { at, canary } from './strategies.js';

const clusters = ['eu-west'];
const world: Partial<World> = {
  routing: { ownership: { kind: 'replicas', deployment: 'catalog-{version}', total: 8 } },
};
const strategy = canary({
  waves: [{ kind: 'rest' }],
  steps: [at(10), { kind: 'analyze', metrics: [] }, at(40), { kind: 'pause' }],
});

async function atTheSecondWeight(): Promise<
  readonly [Story, Awaited<ReturnType<Story['release']>>]
> {
  const story = new Story();
  await story.given(clusters, strategy, world);
  story.pods();
  const id = await story.release('v2');
  await story.pass('2s');
  story.pods();
  await story.phase(id, 'paused');
  story.pods();
  story.answers();
  return [story, id];
}

describe('a service without a mesh', () => {
  it('gets the new version pod by pod, and never has fewer than it should', async () => {
    const [story, id] = await atTheSecondWeight();
    await story.command(id, 'resume');
    const release = await story.end(id);
    story.pods();
    expect(release.phase).toBe('succeeded');
    expectGolden(story.narrator.text, 'replicas');
  });

  it('has no pod of the new version any more when it goes back', async () => {
    const [story, id] = await atTheSecondWeight();
    await story.command(id, 'abort', 'it is slow');
    await story.pass('1s');
    story.pods();
    const release = await story.end(id);
    story.pods();
    expect(release.phase).toBe('rolledBack');
    expectGolden(story.narrator.text, 'replicas-back');
  });
});
