import { describe, expect, it } from '@jest/globals';
import { expectGolden } from './golden.js';
import { Story } from './story.js';
import { at, canary, seconds } from './strategies.js';

const clusters = ['eu-west', 'us-east'];
const strategy = canary({ steps: [at(10), { kind: 'pause' }, at(50)] });
const ours = { kind: 'VirtualService', namespace: 'shop', name: 'catalog-spillway' } as const;

const withWeights = (spec: unknown, stable: number): unknown =>
  JSON.parse(JSON.stringify(spec).replace(/"weight":\d+/, `"weight":${stable}`));

describe('routing that somebody changed, of a service that holds for it', () => {
  it('stays as it is until it is put back', async () => {
    const story = new Story();
    await story.given(clusters, strategy, { routing: { drift: 'hold' } });
    const id = await story.release('v2');
    await story.phase(id, 'paused');
    story.happens('bob gives v1 a smaller share in eu-west', () =>
      story.mesh('eu-west').editByHand(ours, (spec) => withWeights(spec, 40), 'kubectl-bob'),
    );
    await story.pass('10s');
    await story.command(id, 'resume');
    await story.pass('30s');
    story.splits();
    expect((await story.state(id)).held?.reason.kind).toBe('drift');
    story.happens('bob puts it back', () =>
      story.mesh('eu-west').editByHand(ours, (spec) => withWeights(spec, 90), 'kubectl-bob'),
    );
    await story.pass('10s');
    story.splits();
    await story.command(id, 'abort');
    const release = await story.end(id);
    expect(release.phase).toBe('rolledBack');
    expectGolden(story.narrator.text, 'drift-held');
  });

  it('is written over by a rollback', async () => {
    const story = new Story();
    await story.given(clusters, strategy, { routing: { drift: 'hold' } });
    const id = await story.release('v2');
    await story.phase(id, 'paused');
    story.happens('bob deletes the VirtualService in eu-west', () =>
      story.mesh('eu-west').remove(ours),
    );
    await story.pass('10s');
    await story.command(id, 'abort');
    const release = await story.end(id);
    story.splits();
    expect(release.phase).toBe('rolledBack');
    expectGolden(story.narrator.text, 'drift-rolled-back');
  });

  it('is put back five times and then asked about, when a tool does not give in', async () => {
    const story = new Story();
    await story.given(
      clusters,
      canary({ steps: [at(10), { kind: 'bake', length: seconds(300) }] }),
    );
    const id = await story.release('v2');
    await story.pass('10s');
    for (let times = 1; times <= 5; times += 1) {
      story.happens(`argocd syncs, for the ${times}. time`, () =>
        story.mesh('eu-west').editByHand(ours, (spec) => withWeights(spec, 100), 'argocd'),
      );
      await story.pass('20s');
    }
    expect((await story.state(id)).held?.reason.kind).toBe('drift');
    story.splits();
    story.happens('ana tells argocd to leave it alone', () => undefined);
    await story.command(id, 'resume');
    await story.pass('5s');
    story.splits();
    await story.command(id, 'abort');
    await story.end(id);
    expectGolden(story.narrator.text, 'drift-fought');
  });
});
