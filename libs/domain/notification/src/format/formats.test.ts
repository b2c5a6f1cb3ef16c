import { describe, expect, it } from '@jest/globals';
import type { Phase } from '@spillway/domain-release';
import { instant } from '@spillway/kernel';
import { testNotice } from '../test-notice.js';
import { aNotice, aNoticedRelease } from '../testing/index.js';
import { toCloudEvent } from './cloud-event.js';
import { toEmail } from './email.js';
import type { Envelope } from './envelope.js';
import { refOf, toCommitStatus, toDeploymentStatus } from './git-hub.js';
import { toMicrosoftTeams } from './microsoft-teams.js';
import { toSlack } from './slack.js';
import { toWebhook } from './webhook.js';

const id = 'e1f0a3c4-0000-4000-8000-000000000001';
const publicUrl = 'https://spillway.example/';
const release = 'https://spillway.example/api/v1/releases/0197f3a0-5d0c-7c52-8a51-3f6a6c3f9d10';
const envelope: Envelope = { id, notice: aNotice(), publicUrl };
const unlinked: Envelope = { id, notice: aNotice() };
const test: Envelope = { id, publicUrl, notice: testNotice('anna', instant(0)) };

describe('a payload', () => {
  it('names its version, its type, the reason and a link', () => {
    expect(toWebhook(envelope)).toMatchObject({
      type: 'release.rollbackStarted',
      timestamp: '2026-01-05T09:30:00.000Z',
      data: {
        version: 1,
        event: { because: expect.stringMatching(/more errors/), phaseBefore: 'progressing' },
        release: { namespace: 'shop', name: 'catalog', service: 'shop/catalog', url: release },
      },
    });
  });

  it('has no link when nobody said where Spillway is reached', () => {
    for (const format of [toWebhook, toCloudEvent, toSlack, toMicrosoftTeams, toEmail]) {
      expect(JSON.stringify(format(envelope))).toContain(release);
      expect(JSON.stringify(format(unlinked))).not.toContain('/api/v1/');
    }
  });

  it('of a test leads to no release', () => {
    expect(JSON.stringify(toWebhook(test))).not.toContain('/api/v1/');
    expect(toWebhook(test)).toMatchObject({ type: 'test' });
  });
});

describe('a CloudEvent', () => {
  it('is known by the event, whichever endpoint it goes through', () => {
    expect(toCloudEvent(envelope)).toMatchObject({
      specversion: '1.0',
      id: '0197f3a0-5d0c-7c52-8a51-3f6a6c3f9d10/14',
      source: publicUrl,
      type: 'dev.spillway.release.rollbackStarted.v1',
      subject: 'shop/catalog',
    });
    expect(toCloudEvent({ ...envelope, id: 'another' }).id).toBe(toCloudEvent(envelope).id);
  });

  it('of a test is known by its delivery, so that a second test is not dropped', () => {
    expect(toCloudEvent(test)).toMatchObject({ id, type: 'dev.spillway.test.v1' });
  });
});

describe('an e-mail', () => {
  it('is in one thread with the others of its release, and repeated under one id', () => {
    const other = toEmail({ ...envelope, id: 'other', notice: aNotice({ type: 'rolledBack' }) });
    expect(other.thread).toBe(toEmail(envelope).thread);
    expect(other.messageId).not.toBe(toEmail(envelope).messageId);
  });
});

describe('a status on GitHub', () => {
  const place = {
    url: 'https://api.github.com',
    repository: 'shop/catalog',
    token: { secret: 'github' },
    ref: 'build-{{version}}',
  };
  const commit = { kind: 'gitHubCommitStatus', context: 'spillway', ...place } as const;

  it.each<[Phase, string, string]>([
    ['pending', 'pending', 'queued'],
    ['progressing', 'pending', 'in_progress'],
    ['held', 'pending', 'in_progress'],
    ['rollingBack', 'pending', 'in_progress'],
    ['succeeded', 'success', 'success'],
    ['rolledBack', 'failure', 'failure'],
    ['cancelled', 'error', 'inactive'],
    ['superseded', 'error', 'inactive'],
    ['queued', 'pending', 'queued'],
  ])('of a release that is %s: %s, and of a deployment %s', (phase, commitState, deployment) => {
    const notice = aNotice({ release: aNoticedRelease({ phase }) });
    expect(toCommitStatus(commit, { id, notice }).state).toBe(commitState);
    expect(toDeploymentStatus({ id, notice }).state).toBe(deployment);
  });

  it('is of what the version was built from', () => {
    expect(refOf(commit, aNotice())).toBe('build-v2');
  });

  it.each([
    [undefined, 'abc'],
    ['Shop/Catalog', 'abc'],
    ['shop/cart', 'build-v2'],
  ])('is of the commit that CI named for %s: %s', (repository, ref) => {
    const built = { sha: 'abc', ...(repository === undefined ? {} : { repository }) };
    const release = aNoticedRelease({ commit: built });
    expect(refOf(commit, aNotice({ release }))).toBe(ref);
  });
});
