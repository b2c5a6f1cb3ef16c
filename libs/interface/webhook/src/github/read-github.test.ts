import { describe, expect, it } from '@jest/globals';
import { recordedPayload } from '../testing/recorded.js';
import { delivery } from '../testing/signed.js';
import { readGithub } from './read-github.js';

const format = { provider: 'github' } as const;

function read(event: string, payload: unknown, headers: Readonly<Record<string, string>> = {}) {
  const sent = { 'x-github-event': event, 'x-github-delivery': 'd-1', ...headers };
  return readGithub(delivery(JSON.stringify(payload), sent), format);
}

/** What a payload tells rules. */
function triggerOf(event: string, payload: unknown) {
  const found = read(event, payload);
  if (!found.ok) throw new Error(found.error.message);
  return found.value.trigger ?? found.value.because;
}

const ofHelloWorld = { repository: 'Codertocat/Hello-World', branch: 'master' };
const sha = 'f95f852bd8fca8fcc58a9a2d6c842781e32a215e';

describe('a recorded payload of GitHub', () => {
  it('of a deployment tells where to, and that it was created', () => {
    expect(triggerOf('deployment', recordedPayload('deployment'))).toEqual({
      ...ofHelloWorld,
      event: 'deployment',
      status: 'created',
      environment: 'production',
      sha,
    });
  });

  it('of a deployment’s status tells how it went', () => {
    expect(triggerOf('deployment_status', recordedPayload('deployment_status'))).toEqual({
      ...ofHelloWorld,
      event: 'deployment_status',
      status: 'success',
      environment: 'production',
      sha,
    });
  });

  it('of a deployment’s status tells the image, service and version that people put into it', () => {
    const payload = recordedPayload('deployment_status') as Record<string, object>;
    const image = 'ghcr.io/acme/catalog:v2';
    Object.assign(payload['deployment'] ?? {}, {
      payload: { image, service: 'shop/catalog', version: 'v2', other: {} },
    });
    expect(triggerOf('deployment_status', payload)).toMatchObject({
      image,
      service: 'shop/catalog',
      version: 'v2',
    });
  });

  it('of a workflow run tells its branch, commit and end', () => {
    expect(triggerOf('workflow_run', recordedPayload('workflow_run', 1))).toEqual({
      event: 'workflow_run',
      status: 'success',
      repository: 'octo-org/octo-repo',
      branch: 'master',
      sha: '3484a3fb816e0859fd6e1cea078d76385ff50625',
    });
    expect(triggerOf('workflow_run', recordedPayload('workflow_run', 3))).toMatchObject({
      status: 'created',
    });
  });

  it('of a package that is no image tells where it is from', () => {
    expect(triggerOf('package', recordedPayload('package'))).toEqual({
      event: 'package',
      status: 'success',
      repository: 'Codertocat/hello-world-npm',
      branch: 'master',
      sha: '6c62fb45fe66bfb1ea9a66abc38f6a0cc974292b',
    });
  });

  it('of a container’s package tells the image', () => {
    const { package: about, ...around } = recordedPayload('package') as Record<string, object>;
    const container_metadata = { tag: { name: 'v2', digest: `sha256:${'0'.repeat(64)}` } };
    const registry_package = {
      ...about,
      name: 'catalog',
      namespace: 'acme',
      package_type: 'CONTAINER',
      package_version: { package_url: 'ghcr.io/acme/catalog:v2', container_metadata },
    };
    expect(triggerOf('registry_package', { ...around, registry_package })).toMatchObject({
      event: 'registry_package',
      image: `ghcr.io/acme/catalog:v2@sha256:${'0'.repeat(64)}`,
    });
  });

  it.each([
    ['success', 'success'],
    ['failure', 'failure'],
    ['error', 'failure'],
    ['inactive', 'cancelled'],
    ['in_progress', 'running'],
    ['queued', 'created'],
    ['pending', 'created'],
    ['waiting', 'created'],
  ])('with the state %s counts as %s', (state, status) => {
    const payload = recordedPayload('deployment_status') as Record<string, object>;
    Object.assign(payload['deployment_status'] ?? {}, { state });
    expect(triggerOf('deployment_status', payload)).toMatchObject({ status });
  });

  it.each(['failure', 'timed_out', 'cancelled', 'action_required', null])(
    'of a workflow that ended with %s is no success',
    (conclusion) => {
      const payload = recordedPayload('workflow_run', 1) as Record<string, object>;
      Object.assign(payload['workflow_run'] ?? {}, { conclusion });
      expect(triggerOf('workflow_run', payload)).not.toMatchObject({ status: 'success' });
    },
  );
});

describe('what GitHub sends', () => {
  it('is known by the id of the delivery', () => {
    const found = read('ping', recordedPayload('ping'));
    expect(found).toMatchObject({ ok: true, value: { key: 'd-1', event: 'ping' } });
  });

  it('is answered when it is a ping, and kept when no rule could be about it', () => {
    expect(triggerOf('ping', recordedPayload('ping'))).toContain('a ping');
    expect(triggerOf('push', recordedPayload('push'))).toContain('"push" is not read; those that');
    expect(triggerOf('constructor', {})).toContain('"constructor" is not read');
  });

  it('may be a form', () => {
    const payload = recordedPayload('deployment_status');
    const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      'x-github-event': 'deployment_status',
    };
    expect(readGithub(delivery(body, headers), format)).toMatchObject({
      ok: true,
      value: { trigger: { status: 'success' } },
    });
  });

  it('is refused when it is not what its event says', () => {
    expect(read('deployment_status', { deployment: {} })).toMatchObject({
      ok: false,
      error: { code: 'INVALID_INPUT', field: 'deployment_status' },
    });
    expect(read('workflow_run', [])).toMatchObject({ ok: false });
    expect(read('workflow_run', null)).toMatchObject({ ok: false });
  });

  it('has facts that are texts of one line; anything else is none', () => {
    const payload = recordedPayload('workflow_run', 1) as Record<string, object>;
    Object.assign(payload['workflow_run'] ?? {}, {
      head_branch: 'a\u0007b\nc',
      head_sha: 'x'.repeat(501),
    });
    const trigger = triggerOf('workflow_run', payload);
    expect(trigger).not.toHaveProperty('branch');
    expect(trigger).not.toHaveProperty('sha');
  });
});
