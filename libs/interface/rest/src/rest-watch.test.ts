import { once } from 'node:events';
import { get } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { aRelease, aReleaseEvent } from '@spillway/domain-release/testing';
import { CodedError } from '@spillway/kernel';
import { problemView } from '@spillway/interface-contract';
import { startRestApp, type RestApp } from './testing/index.js';
import { StreamReader } from './testing/stream-reader.js';

const id = '00000000-0000-4000-8000-000000000001';
let app: RestApp;

beforeEach(async () => {
  app = await startRestApp({ heartbeatMs: 5 });
  app.useCases.releases.put(aRelease({ revision: 1 }));
});
afterEach(() => app.close());

const watch = (headers: Record<string, string> = {}, release = id): Promise<Response> =>
  fetch(`${app.url}/api/v1/releases/${release === '' ? '' : `${release}/`}watch`, {
    headers: { authorization: 'Bearer token-of-ci', ...headers },
  });

const aStoredEvent = (sequence: number) => ({
  sequence,
  event: aReleaseEvent(),
  hash: 'hash',
});

const until = async (condition: () => boolean): Promise<void> => {
  const deadline = Date.now() + 2_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error('waited in vain');
    await new Promise(setImmediate);
  }
};

describe('watch', () => {
  it('gives the release now, after each change, and ends with the final state', async () => {
    const response = await watch();
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    const reader = new StreamReader(response.body);
    expect(await reader.nextEvent()).toMatch(/^event: release\nid: 1\ndata: \{.*"revision":1\}$/);
    app.useCases.releases.put(aRelease({ revision: 2, phase: 'progressing' }));
    expect(await reader.nextEvent()).toMatch(/\nid: 2\ndata: \{.*"phase":"progressing"/);
    app.useCases.releases.put(aRelease({ revision: 3, phase: 'succeeded' }));
    expect(await reader.nextEvent()).toMatch(/\nid: 3\n/);
    expect(await reader.nextEvent()).toBeUndefined();
  });

  it('gives each event after the one that was read last, then the state', async () => {
    app.useCases.events.push(...[1, 2, 3].map(aStoredEvent));
    app.useCases.releases.put(aRelease({ revision: 3 }));
    const reader = new StreamReader((await watch({ 'last-event-id': '1' })).body);
    expect(await reader.nextEvent()).toMatch(/^event: event\nid: 2e\ndata: \{"sequence":2,/);
    expect(await reader.nextEvent()).toMatch(/^event: event\nid: 3e\n/);
    expect(await reader.nextEvent()).toMatch(/^event: release\nid: 3\n/);
    await reader.cancel();
  });

  it('gives the state to whoever was cut off before it', async () => {
    app.useCases.events.push(...[1].map(aStoredEvent));
    const reader = new StreamReader((await watch({ 'last-event-id': '1e' })).body);
    expect(await reader.nextEvent()).toMatch(/^event: release\nid: 1\n/);
    await reader.cancel();
  });

  it('tells of all releases: the states without an id, the events by their positions', async () => {
    app.useCases.events.push(...[1, 2].map(aStoredEvent));
    const reader = new StreamReader((await watch({ 'last-event-id': '1' }, '')).body);
    expect(await reader.nextEvent()).toMatch(/^event: release\ndata: /);
    expect(await reader.nextEvent()).toMatch(/^event: event\nid: 2\ndata: .*"service":"shop\/cat/);
    await reader.cancel();
  });

  it('keeps no more streams open than it may', async () => {
    await app.close();
    app = await startRestApp({ mostStreams: 1 });
    app.useCases.releases.put(aRelease({ revision: 1 }));
    const reader = new StreamReader((await watch()).body);
    const refused = await watch();
    expect(refused.status).toBe(429);
    expect(problemView.parse(await refused.json()).code).toBe('RATE_LIMITED');
    await reader.cancel();
  });

  it('shows signs of life while nothing happens', async () => {
    const reader = new StreamReader((await watch({ 'last-event-id': '1' })).body);
    expect(await reader.next()).toBe(': follows');
    expect(await reader.next()).toBe(': still here');
    await reader.cancel();
  });

  it('leaves out what was read before', async () => {
    const reader = new StreamReader((await watch({ 'last-event-id': '1' })).body);
    expect(await reader.next()).toBe(': follows');
    app.useCases.releases.put(aRelease({ revision: 2 }));
    expect(await reader.nextEvent()).toMatch(/\nid: 2\n/);
    await reader.cancel();
  });

  it('takes an id that is none for nothing read', async () => {
    const reader = new StreamReader((await watch({ 'last-event-id': 'x' })).body);
    expect(await reader.nextEvent()).toMatch(/\nid: 1\n/);
    await reader.cancel();
  });

  const away = new CodedError('DATABASE_UNAVAILABLE', 'The database did not answer.', 'Wait.');
  it.each([
    ['without a word when the database goes away', away, 0],
    ['and it is logged when nobody foresaw why', new Error('gone'), 1],
  ])('breaks off %s', async (_, trouble, logged) => {
    const reader = new StreamReader((await watch()).body);
    await reader.nextEvent();
    app.useCases.releases.breakOff(trouble);
    expect(await reader.nextEvent().catch(() => undefined)).toBeUndefined();
    expect(app.logged).toHaveLength(logged);
  });

  it('stops watching when the client goes away', async () => {
    const request = get(`${app.url}/api/v1/releases/${id}/watch`, {
      headers: { authorization: 'Bearer token-of-ci' },
      agent: false,
    });
    await once(request, 'response');
    await until(() => app.useCases.releases.watchers === 1);
    request.destroy();
    await until(() => app.useCases.releases.watchers === 0);
  });

  it('does not keep the process from stopping', async () => {
    const reader = new StreamReader((await watch()).body);
    await reader.nextEvent();
    await app.close();
    expect(await reader.nextEvent()).toBeUndefined();
    app = await startRestApp();
  });

  it.each([
    ['00000000-0000-4000-8000-00000000000f', {}, 404, 'UNKNOWN_RELEASE'],
    [id, { authorization: 'Bearer wrong' }, 401, 'UNAUTHENTICATED'],
  ])('refuses %s before the stream begins', async (release, headers, status, code) => {
    const response = await watch(headers, release);
    expect(response.status).toBe(status);
    expect(problemView.parse(await response.json()).code).toBe(code);
  });
});
