import { describe, expect, it } from '@jest/globals';
import { playgroundDeployment } from '@spillway/adapter-cluster';
import { clusterName, version } from '@spillway/kernel';
import type { StrategyDraft } from '@spillway/domain-release';
import { expectGolden } from './golden.js';
import { Story } from './story.js';
import { at, canary, percent, seconds, successRate } from './strategies.js';

const fleet = ['ap-south', 'eu-north', 'eu-west', 'us-east'];
const { service, stable } = playgroundDeployment;
const v2 = version('v2');

/** Two clusters at once, with a look between. */
const inPairs = (change: Partial<StrategyDraft> = {}): StrategyDraft =>
  canary({
    waves: [{ kind: 'rest', atOnce: 2, bakeAfter: seconds(15) }],
    metrics: [successRate],
    steps: [at(20), { kind: 'analyze', metrics: [] }],
    ...change,
  });

describe('a release of a fleet', () => {
  it('takes two clusters at once, and bakes between them', async () => {
    const story = new Story();
    await story.given(fleet, inPairs());
    const release = await story.end(await story.release('v2'));
    expect(release.phase).toBe('succeeded');
    expectGolden(story.narrator.text, 'fleet-in-pairs');
  });

  it('takes one wave back that fails, keeps the one before, and takes it again by word', async () => {
    const story = new Story();
    await story.given(fleet, inPairs({ rollBack: 'wave' }));
    const mesh = story.mesh('us-east');
    story.happens('v2 fails in us-east, for what is configured there', () =>
      mesh.setVersion(service, v2, { errorRate: 0.4 }),
    );
    const id = await story.release('v2');
    await story.phase(id, 'paused');
    await story.pass('2s');
    story.splits();
    story.happens('us-east is configured as the others', () =>
      mesh.setVersion(service, v2, { errorRate: 0 }),
    );
    await story.command(id, 'resume', 'it was the configuration');
    const release = await story.end(id);
    expect(release.phase).toBe('succeeded');
    expectGolden(story.narrator.text, 'fleet-wave-taken-back');
  });

  it('goes no further than its limits until somebody promotes it', async () => {
    const story = new Story();
    await story.given(fleet, inPairs({ limits: { clusters: percent(50) } }));
    const id = await story.release('v2');
    await story.phase(id, 'held');
    await story.pass('1m');
    story.splits();
    await story.command(id, 'promote', 'half of the fleet did well for a day');
    const release = await story.end(id);
    expect(release.phase).toBe('succeeded');
    expectGolden(story.narrator.text, 'fleet-limits');
  });

  it('is joined by a cluster, and left by another', async () => {
    const story = new Story();
    await story.given(fleet, inPairs());
    const put = async (who: string, text: string, names: readonly string[]) =>
      story.asks(who, text, (useCases, caller) =>
        useCases.putService({ ...service, stable, clusters: names.map(clusterName) }, caller),
      );
    await put('kim', 'takes us-east out of the service for now', fleet.slice(0, 3));
    const id = await story.release('v2');
    await story.pass('10s');
    await put('kim', 'takes us-east into the service again', fleet);
    await story.refused('kim', 'takes ap-south out', (useCases, caller) =>
      useCases.putService(
        { ...service, stable, clusters: fleet.slice(1).map(clusterName) },
        caller,
      ),
    );
    const release = await story.end(id);
    story.splits();
    expect(release.phase).toBe('succeeded');
    expectGolden(story.narrator.text, 'fleet-joined');
  });
});
