import { describe, expect, it } from '@jest/globals';
import { expectGolden } from './golden.js';
import { Story } from './story.js';
import { canary, percent, seconds } from './strategies.js';

const clusters = ['eu-west', 'us-east'];

describe('what people do to a release', () => {
  it('waits while it is paused, and begins its analysis again when it is resumed', async () => {
    const story = new Story();
    await story.given(clusters, canary());
    const id = await story.release('v2');
    await story.pass('8s');
    await story.command(id, 'pause', 'checkout looks odd');
    await story.pass('2m');
    await story.command(id, 'resume', 'it was something else');
    const release = await story.end(id);
    expect(release.phase).toBe('succeeded');
    expectGolden(story.narrator.text, 'pause-and-resume');
  });

  it('waits at a pause step until somebody resumes it, or its time is over', async () => {
    const story = new Story();
    await story.given(
      clusters,
      canary({
        waves: [{ kind: 'rest' }],
        steps: [
          { kind: 'setWeight', weight: percent(20) },
          { kind: 'pause' },
          { kind: 'setWeight', weight: percent(40) },
          { kind: 'pause', length: seconds(90) },
        ],
      }),
    );
    const id = await story.release('v2');
    await story.pass('5m');
    await story.command(id, 'resume');
    const release = await story.end(id);
    expect(release.phase).toBe('succeeded');
    expectGolden(story.narrator.text, 'pause-steps');
  });

  it('is taken back at once when it is aborted', async () => {
    const story = new Story();
    await story.given(clusters, canary());
    const id = await story.release('v2', 'weekly release');
    await story.pass('35s');
    story.splits();
    await story.command(id, 'abort', 'support tickets');
    const release = await story.end(id);
    story.splits();
    expect(release.phase).toBe('rolledBack');
    expectGolden(story.narrator.text, 'abort');
  });

  it('goes to 100 % in every cluster when it is promoted', async () => {
    const story = new Story();
    await story.given(clusters, canary());
    const id = await story.release('v2');
    await story.pass('3s');
    await story.command(id, 'promote', 'hotfix');
    const release = await story.end(id);
    story.splits();
    expect(release.phase).toBe('succeeded');
    expectGolden(story.narrator.text, 'promote');
  });
});
