import { describe, expect, it } from '@jest/globals';
import { playgroundDeployment } from '@spillway/adapter-cluster';
import { expectGolden } from './golden.js';
import { Story } from './story.js';
import { at, canary, testers } from './strategies.js';

const clusters = ['eu-west', 'us-east'];
const edge = { gateways: ['istio-system/public'], hosts: ['shop.example.com'] };
const darkly = canary({
  steps: [
    { kind: 'route', route: testers },
    { kind: 'analyze', metrics: [], iterations: 8 },
    at(25),
    { kind: 'analyze', metrics: [] },
  ],
});

/** One request in ten is a tester's. */
async function aDarkLaunch(): Promise<Story> {
  const story = new Story();
  await story.given(clusters, darkly, { routing: { edge } });
  story.happens('one request in ten is a tester’s', () => {
    for (const name of clusters) story.mesh(name).setCohort(playgroundDeployment.service, 0.1);
  });
  return story;
}

describe('a dark launch, at the edge and in the mesh', () => {
  it('is judged by its cohort, and goes on to everybody', async () => {
    const story = await aDarkLaunch();
    const id = await story.release('v2');
    await story.pass('5s');
    story.splits();
    story.answers();
    const release = await story.end(id);
    story.splits();
    expect(release.phase).toBe('succeeded');
    expectGolden(story.narrator.text, 'dark-launch');
  });

  it('that fails its cohort is taken back, and nobody else has seen it', async () => {
    const story = await aDarkLaunch();
    const id = await story.release('v3');
    const release = await story.end(id);
    story.splits();
    story.answers();
    expect(release.phase).toBe('rolledBack');
    expect(story.narrator.text).not.toContain('trafficShifted     v3 gets 25 %');
    expectGolden(story.narrator.text, 'dark-launch-fails');
  });

  it('without testers waits for them and then asks a person', async () => {
    const story = new Story();
    await story.given(clusters, darkly, { routing: { edge } });
    const id = await story.release('v2');
    await story.phase(id, 'paused');
    story.splits();
    story.happens('testers come', () => {
      for (const name of clusters) story.mesh(name).setCohort(playgroundDeployment.service, 0.1);
    });
    await story.command(id, 'resume');
    const release = await story.end(id);
    expect(release.phase).toBe('succeeded');
    expectGolden(story.narrator.text, 'dark-launch-without-testers');
  });
});
