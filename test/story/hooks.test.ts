import { describe, expect, it } from '@jest/globals';
import type { Hook } from '@spillway/domain-release';
import { aHook } from '@spillway/domain-release/testing';
import { LoadTester } from '../hooks/load-tester.js';
import { expectGolden } from './golden.js';
import { Story } from './story.js';
import { at, canary, seconds } from './strategies.js';

const clusters = ['eu-west', 'us-east'];
const address = 'http://flagger-loadtester.test';
const about = JSON.stringify({ name: 'catalog', namespace: 'shop' });

const hook = (name: string, point: Hook['point'], path: string, more: Partial<Hook> = {}): Hook =>
  aHook({ name, point, url: `${address}${path}`, ...more });

/** At 10 % and 50 % for twenty seconds each, in both clusters at once. */
const steps = [
  at(10),
  { kind: 'bake', length: seconds(20) },
  at(50),
  { kind: 'bake', length: seconds(20) },
] as const;

/** A load tester that was written for Flagger, and everything that calls it. */
async function staged(...hooks: readonly Hook[]) {
  const story = new Story();
  const tester = new LoadTester();
  for (const { url } of hooks) {
    story.outgoing.at(url, ({ body = '' }) => tester.handle(url.slice(address.length), body));
  }
  await story.given(clusters, canary({ waves: [{ kind: 'rest' }], metrics: [], steps, hooks }));
  return { story, tester };
}

describe('a load tester of Flagger', () => {
  it('keeps traffic back until its gate is opened, and hears how it ended', async () => {
    const { story, tester } = await staged(
      hook('approval', 'confirm-rollout', '/gate/check'),
      hook('smoke', 'pre-rollout', '/', { metadata: { type: 'bash', cmd: 'curl -f catalog' } }),
      hook('load', 'rollout', '/', { metadata: { cmd: 'hey -z 1m catalog' } }),
      hook('done', 'post-rollout', '/'),
    );
    const id = await story.release('v2');
    await story.pass('25s');
    story.happens('somebody opens the gate', () => tester.handle('/gate/open', about));
    const release = await story.end(id);
    expect(release.phase).toBe('succeeded');
    expect(tester.calls.at(-1)).toEqual({ path: '/', phase: 'Succeeded' });
    expectGolden(story.narrator.text, 'hooks-gate');
  });

  it('takes all traffic back when its task fails too often', async () => {
    const { story, tester } = await staged(
      hook('load', 'rollout', '/', { metadata: { type: 'bash', cmd: 'hey' }, failureLimit: 1 }),
    );
    const id = await story.release('v2');
    await story.pass('8s');
    story.happens('the task begins to fail', () => {
      tester.tasksSucceed = false;
    });
    const release = await story.end(id);
    expect(release.phase).toBe('rolledBack');
    expectGolden(story.narrator.text, 'hooks-task-fails');
  });

  it('takes all traffic back when its rollback gate is opened', async () => {
    const { story, tester } = await staged(hook('stop', 'rollback', '/rollback/check'));
    const id = await story.release('v2');
    await story.pass('30s');
    story.happens('somebody opens the rollback gate', () => tester.handle('/rollback/open', about));
    const release = await story.end(id);
    story.splits();
    expect(release.phase).toBe('rolledBack');
    expectGolden(story.narrator.text, 'hooks-rollback');
  });

  it('that is gone keeps traffic where it is, and no rollback from any cluster', async () => {
    const { story } = await staged(
      hook('gate', 'confirm-traffic-increase', '/gate/approve'),
      hook('stop', 'rollback', '/rollback/check'),
      hook('told', 'event', '/'),
      hook('done', 'post-rollout', '/'),
    );
    const id = await story.release('v2');
    await story.pass('5s');
    story.happens('the load tester hangs', () => {
      for (const path of ['/gate/approve', '/rollback/check', '/']) {
        story.outgoing.at(`${address}${path}`, 'hangs');
      }
    });
    await story.pass('60s');
    story.splits();
    await story.command(id, 'abort', 'nobody can say how it does');
    const release = await story.end(id);
    story.splits();
    expect(release.phase).toBe('rolledBack');
    expectGolden(story.narrator.text, 'hooks-gone');
  });
});
