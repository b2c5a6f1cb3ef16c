import { describe, expect, it } from '@jest/globals';
import { playgroundDeployment } from '@spillway/adapter-cluster';
import { version } from '@spillway/kernel';
import { expectGolden } from './golden.js';
import { Story } from './story.js';
import { canary, percent } from './strategies.js';

const clusters = ['eu-west', 'us-east'];
const { service } = playgroundDeployment;
const virtualService = {
  kind: 'VirtualService',
  namespace: 'shop',
  name: 'catalog-spillway',
} as const;

describe('what goes wrong in the world', () => {
  it('holds while a cluster is lost, and goes on when it is regained', async () => {
    const story = new Story();
    await story.given(clusters, canary());
    const id = await story.release('v2');
    await story.pass('8s');
    story.happens('us-east is lost', () => story.mesh('us-east').down());
    await story.pass('30s');
    story.happens('us-east is back', () => story.mesh('us-east').up());
    const release = await story.end(id);
    expect(release.phase).toBe('succeeded');
    expectGolden(story.narrator.text, 'cluster-lost-and-regained');
  });

  it('takes traffic back where it can, and in a lost cluster the moment it returns', async () => {
    const story = new Story();
    await story.given(clusters, canary({ waves: [{ kind: 'rest' }] }));
    const id = await story.release('v3');
    await story.pass('4s');
    story.happens('us-east is lost', () => story.mesh('us-east').down());
    await story.pass('1m');
    story.splits();
    expect((await story.state(id)).phase).toBe('rollingBack');
    story.happens('us-east is back', () => story.mesh('us-east').up());
    const release = await story.end(id);
    story.splits();
    expect(release.phase).toBe('rolledBack');
    expectGolden(story.narrator.text, 'rollback-with-a-lost-cluster');
  });

  it('ends by a second abort when a cluster is lost for good, which is written should it return', async () => {
    const story = new Story();
    await story.given(clusters, canary({ waves: [{ kind: 'rest' }] }));
    const id = await story.release('v2');
    await story.pass('4s');
    story.happens('us-east is lost', () => story.mesh('us-east').down());
    await story.command(id, 'abort');
    await story.pass('1m');
    expect((await story.state(id)).phase).toBe('rollingBack');
    await story.command(id, 'abort', 'us-east is gone');
    expect((await story.state(id)).phase).toBe('rolledBack');
    story.splits();
    story.happens('us-east is back after all', () => story.mesh('us-east').up());
    await story.pass('1m');
    story.splits();
    expectGolden(story.narrator.text, 'cluster-lost-for-good');
  });

  it('puts back weights that somebody edited, and begins the analysis there again', async () => {
    const story = new Story();
    await story.given(clusters, canary());
    const id = await story.release('v2');
    await story.pass('8s');
    story.happens('bob sends half of the traffic in eu-west to v2', () =>
      story.mesh('eu-west').editByHand(virtualService, (spec) => {
        const edited = structuredClone(spec) as { http: { route: { weight: number }[] }[] };
        for (const route of edited.http[0]?.route ?? []) route.weight = 50;
        return edited;
      }),
    );
    const release = await story.end(id);
    expect(release.phase).toBe('succeeded');
    expectGolden(story.narrator.text, 'edited-by-hand');
  });

  it('holds while metrics cannot be queried, and rolls nothing back for it', async () => {
    const story = new Story();
    await story.given(clusters, canary());
    const id = await story.release('v2');
    await story.pass('3s');
    story.happens('the metrics of eu-west go down', () => story.mesh('eu-west').metricsDown());
    await story.pass('1m');
    expect((await story.state(id)).phase).toBe('held');
    story.happens('they are back', () => story.mesh('eu-west').metricsUp());
    const release = await story.end(id);
    expect(release.phase).toBe('succeeded');
    expectGolden(story.narrator.text, 'metrics-down');
  });

  it('pauses when there was no data for as long as the policy allows', async () => {
    const story = new Story();
    await story.given(clusters, canary());
    const id = await story.release('v2');
    await story.pass('3s');
    story.happens('eu-west has no samples any more', () => story.mesh('eu-west').metricsEmpty());
    await story.phase(id, 'paused');
    story.happens('samples are back', () => story.mesh('eu-west').metricsUp());
    await story.command(id, 'resume');
    const release = await story.end(id);
    expect(release.phase).toBe('succeeded');
    expectGolden(story.narrator.text, 'no-data');
  });

  it('gives no weight to a version without ready pods', async () => {
    const story = new Story();
    await story.given(clusters, canary());
    story.happens('v2 has no ready pod in eu-west', () =>
      story.mesh('eu-west').setVersion(service, version('v2'), { readyEndpoints: 0 }),
    );
    const id = await story.release('v2');
    await story.pass('20s');
    story.splits();
    story.happens('three pods become ready', () =>
      story.mesh('eu-west').setVersion(service, version('v2'), { readyEndpoints: 3 }),
    );
    const release = await story.end(id);
    expect(release.phase).toBe('succeeded');
    expectGolden(story.narrator.text, 'no-ready-pods');
  });

  it('is taken back when its last ready pod goes away while it has traffic', async () => {
    const story = new Story();
    await story.given(clusters, canary());
    const id = await story.release('v2');
    await story.pass('8s');
    story.happens('all v2 pods in eu-west crash', () =>
      story.mesh('eu-west').setVersion(service, version('v2'), { readyEndpoints: 0 }),
    );
    const release = await story.end(id);
    expect(release.phase).toBe('rolledBack');
    expectGolden(story.narrator.text, 'pods-crash');
  });

  it('leaves a host alone that somebody else routes', async () => {
    const story = new Story();
    await story.given(clusters, canary());
    story.happens('the platform team has a VirtualService for the host', () =>
      story.mesh('us-east').put(
        {
          kind: 'VirtualService',
          namespace: 'shop',
          name: 'platform-defaults',
          spec: {
            hosts: [service.host],
            http: [{ timeout: '5s', route: [{ destination: { host: service.host } }] }],
          },
        },
        'helm',
      ),
    );
    const id = await story.release('v2');
    await story.pass('20s');
    expect((await story.state(id)).held?.reason.kind).toBe('foreignRouting');
    story.happens('they take it away', () =>
      story
        .mesh('us-east')
        .remove({ kind: 'VirtualService', namespace: 'shop', name: 'platform-defaults' }),
    );
    const release = await story.end(id);
    expect(release.phase).toBe('succeeded');
    expectGolden(story.narrator.text, 'foreign-virtual-service');
  });

  it('comes to the same end when a write is refused once and an answer is lost', async () => {
    const story = new Story();
    await story.given(
      clusters,
      canary({ waves: [{ kind: 'rest' }], steps: [{ kind: 'setWeight', weight: percent(50) }] }),
    );
    story.happens('eu-west refuses the next write; us-east loses an answer', () => {
      story.mesh('eu-west').refuseNext('admission webhook "policy" denied the request');
      story.mesh('us-east').loseNextAnswer();
    });
    const id = await story.release('v2');
    const release = await story.end(id);
    story.splits();
    expect(release.phase).toBe('succeeded');
    expectGolden(story.narrator.text, 'refused-and-lost');
  });

  it('heals a generation that somebody raised by hand', async () => {
    const story = new Story();
    await story.given(clusters, canary());
    const id = await story.release('v2');
    await story.pass('8s');
    story.happens('bob claims generation 99 in eu-west', () => {
      const live = story.mesh('eu-west').apiServer.find(virtualService);
      if (live === undefined) throw new Error('the VirtualService is there by now');
      const annotations = { ...live.metadata.annotations, 'spillway.dev/generation': '99' };
      story
        .mesh('eu-west')
        .put({ ...virtualService, labels: live.metadata.labels, annotations, spec: live.spec });
    });
    await story.pass('1s');
    await story.command(id, 'abort');
    const release = await story.end(id);
    story.splits();
    expect(release.phase).toBe('rolledBack');
    expectGolden(story.narrator.text, 'raised-generation');
  });

  it('catches up a cluster that was left behind, though the next release was cancelled', async () => {
    const story = new Story();
    await story.given(clusters, canary({ maxUnavailableClusters: 1 }));
    story.happens('us-east is lost', () => story.mesh('us-east').down());
    const id = await story.release('v2');
    expect((await story.end(id)).phase).toBe('succeeded');
    const next = await story.release('v3');
    await story.command(next, 'abort', 'wrong version');
    story.happens('us-east is back', () => story.mesh('us-east').up());
    await story.pass('5s');
    story.splits();
    expect((await story.state(next)).phase).toBe('cancelled');
    expectGolden(story.narrator.text, 'left-behind');
  });
});
