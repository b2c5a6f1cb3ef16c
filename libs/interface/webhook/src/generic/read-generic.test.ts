import { describe, expect, it } from '@jest/globals';
import type { WebhookMapping } from '@spillway/application';
import { delivery } from '../testing/signed.js';
import { readGeneric } from './read-generic.js';

const whole = {
  event: 'promoted',
  status: 'running',
  repository: 'acme/catalog',
  environment: 'production',
  image: 'ghcr.io/acme/catalog:v2',
  branch: 'main',
  tag: 'v2',
  sha: 'f95f852',
  service: 'shop/catalog',
  version: 'v2',
};

const read = (payload: unknown, mapping?: WebhookMapping, headers = {}) =>
  readGeneric(delivery(JSON.stringify(payload), headers), {
    provider: 'generic',
    ...(mapping === undefined ? {} : { mapping }),
  });

function triggerOf(payload: unknown, mapping?: WebhookMapping) {
  const found = read(payload, mapping);
  if (!found.ok) throw new Error(found.error.message);
  return found.value.trigger;
}

describe('Spillway’s own shape', () => {
  it('says all that rules can be about', () => {
    expect(triggerOf(whole)).toEqual(whole);
  });

  it('is of something that was deployed and went well, where it says nothing else', () => {
    expect(triggerOf({ image: 'a:b' })).toEqual({
      event: 'deployed',
      status: 'success',
      image: 'a:b',
    });
  });

  it('has an id of its own, or that of Standard Webhooks', () => {
    expect(read({ id: 'run-7' })).toMatchObject({ value: { key: 'run-7' } });
    expect(read({}, undefined, { 'webhook-id': 'msg_1' })).toMatchObject({
      value: { key: 'msg_1' },
    });
    expect(triggerOf({ id: 'run-7' })).not.toHaveProperty('id');
  });

  it.each([
    [{ imgae: 'a:b' }, '"imgae" is not known here; did you mean "image"?'],
    [{ status: 'ok' }, 'status'],
    [{ image: 1 }, 'image'],
    [{ branch: 'a\nb' }, 'branch: must be 1 to 500 characters of one line'],
    [{ branch: '' }, 'branch'],
    [[], 'expected object'],
    ['text', 'expected object'],
    [null, 'expected object'],
  ])('is refused as %j', (payload, because) => {
    const found = read(payload);
    expect(found.ok ? '' : found.error.message).toContain(because);
  });
});

describe('a payload of one’s own', () => {
  const mapping = {
    image: '/push/0/resource~1url',
    branch: '/a~0b',
    version: '/build',
    event: '/kind',
  };

  it('is read where the mapping points to', () => {
    const payload = {
      kind: 'PUSH',
      push: [{ 'resource/url': 'hub/x:v2' }],
      'a~b': 'main',
      build: 7,
    };
    expect(triggerOf(payload, mapping)).toEqual({
      event: 'PUSH',
      status: 'success',
      image: 'hub/x:v2',
      branch: 'main',
      version: '7',
    });
  });

  it('says nothing where nothing is, or something that is no text', () => {
    const payload = { push: 'x', 'a~b': {}, kind: null, build: [1] };
    expect(triggerOf(payload, mapping)).toEqual({ event: 'deployed', status: 'success' });
    expect(triggerOf(null, mapping)).toEqual({ event: 'deployed', status: 'success' });
    expect(triggerOf({}, { image: '/__proto__/x', branch: '/constructor/name' })).toEqual({
      event: 'deployed',
      status: 'success',
    });
  });

  it('is a success only where its status says so, when a status is pointed to', () => {
    expect(triggerOf({ s: 'SUCCESS' }, { status: '/s' })).toMatchObject({ status: 'success' });
    expect(triggerOf({ s: 'done' }, { status: '/s' })).toMatchObject({ status: 'created' });
    expect(triggerOf({}, { status: '/s' })).toMatchObject({ status: 'created' });
  });
});
