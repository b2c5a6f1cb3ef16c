import { describe, expect, it } from '@jest/globals';
import { gitlabDeployment, gitlabPipeline } from '../testing/gitlab.js';
import { delivery } from '../testing/signed.js';
import { readGitlab } from './read-gitlab.js';

const read = (payload: unknown, headers: Readonly<Record<string, string>> = {}) =>
  readGitlab(delivery(JSON.stringify(payload), headers), { provider: 'gitlab' });

function triggerOf(payload: unknown) {
  const found = read(payload);
  if (!found.ok) throw new Error(found.error.message);
  return found.value.trigger ?? found.value.because;
}

describe('what GitLab sends', () => {
  it('of a pipeline tells its branch, commit and end', () => {
    expect(triggerOf(gitlabPipeline)).toEqual({
      event: 'pipeline',
      status: 'success',
      repository: 'acme/catalog',
      branch: 'main',
      sha: 'bcbb5ec396a2c0f828686f14fac9b80b780504f2',
    });
  });

  it('of a tag’s pipeline tells the tag', () => {
    const object_attributes = { ...gitlabPipeline.object_attributes, ref: 'v2', tag: true };
    const trigger = triggerOf({ ...gitlabPipeline, object_attributes });
    expect(trigger).toMatchObject({ tag: 'v2' });
    expect(trigger).not.toHaveProperty('branch');
  });

  it('of a merge request’s pipeline tells no branch', () => {
    const ref = 'refs/merge-requests/15/head';
    const object_attributes = { ...gitlabPipeline.object_attributes, ref };
    expect(triggerOf({ ...gitlabPipeline, object_attributes })).not.toHaveProperty('branch');
  });

  it('of a deployment tells where to and the whole commit', () => {
    expect(triggerOf(gitlabDeployment)).toEqual({
      event: 'deployment',
      status: 'success',
      repository: 'acme/catalog',
      environment: 'staging',
      branch: '1.0.0',
      sha: '279484c09fbe69ededfced8c1bb6e6d24616b468',
    });
  });

  it.each([
    ['success', 'success'],
    ['failed', 'failure'],
    ['canceled', 'cancelled'],
    ['skipped', 'cancelled'],
    ['running', 'running'],
    ['pending', 'created'],
    ['manual', 'created'],
    ['blocked', 'created'],
  ])('with the status %s counts as %s', (written, status) => {
    expect(triggerOf({ ...gitlabDeployment, status: written })).toMatchObject({ status });
  });

  it('is known by the key that stays when it tries again, or else by the event’s', () => {
    const uuid = { 'x-gitlab-event-uuid': 'event' };
    expect(read(gitlabPipeline, uuid)).toMatchObject({ value: { key: 'event' } });
    const both = { ...uuid, 'idempotency-key': 'retry' };
    expect(read(gitlabPipeline, both)).toMatchObject({ value: { key: 'retry' } });
    expect(read(gitlabPipeline)).not.toMatchObject({ value: { key: expect.anything() } });
  });

  it('is kept when no rule could be about it, and refused when it is not of its kind', () => {
    expect(triggerOf({ object_kind: 'push' })).toContain('"push" is not read; those that');
    expect(read({ object_kind: 'pipeline' })).toMatchObject({
      ok: false,
      error: { code: 'INVALID_INPUT', field: 'object_attributes' },
    });
    expect(read({})).toMatchObject({ ok: false, error: { field: 'object_kind' } });
  });
});
