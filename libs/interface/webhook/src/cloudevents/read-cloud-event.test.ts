import { describe, expect, it } from '@jest/globals';
import { delivery } from '../testing/signed.js';
import { readCloudEvent } from './read-cloud-event.js';

const data = { image: 'ghcr.io/acme/catalog:v2', environment: 'live' };
const context = { specversion: '1.0', id: '7', source: '/ci', type: 'io.spillway.deployed' };

const structured = (event: unknown, contentType = 'application/cloudevents+json') =>
  readCloudEvent(delivery(JSON.stringify(event), { 'content-type': contentType }), {
    provider: 'cloudEvents',
  });

const binary = (headers: Readonly<Record<string, string>>, mapping?: { image: string }) =>
  readCloudEvent(
    delivery(JSON.stringify(data), {
      'ce-specversion': '1.0',
      'ce-id': '7',
      'ce-source': '/ci',
      'ce-type': 'io.spillway.deployed',
      ...headers,
    }),
    { provider: 'cloudEvents', ...(mapping === undefined ? {} : { mapping }) },
  );

describe('a CloudEvent', () => {
  it('is read the same in its structured and in its binary form', () => {
    const read = structured({ ...context, data });
    expect(read).toEqual({
      ok: true,
      value: {
        key: '["/ci","7"]',
        event: 'io.spillway.deployed',
        trigger: { event: 'io.spillway.deployed', status: 'success', ...data },
      },
    });
    expect(binary({})).toEqual(read);
    expect(structured({ ...context, data }, 'Application/CloudEvents+JSON; charset=UTF-8')).toEqual(
      read,
    );
  });

  it('is known by its id together with its source', () => {
    expect(binary({ 'ce-source': '/other' })).toMatchObject({ value: { key: '["/other","7"]' } });
    expect(binary({ 'ce-source': '/caf%C3%A9' })).toMatchObject({
      value: { key: '["/café","7"]' },
    });
  });

  it('of another type is read with a mapping, and kept without one', () => {
    const type = { 'ce-type': 'dev.cdevents.artifact.published' };
    expect(binary(type, { image: '/image' })).toMatchObject({
      value: { trigger: { event: 'dev.cdevents.artifact.published', image: data.image } },
    });
    const kept = binary(type);
    expect(kept).toMatchObject({ value: { because: expect.stringContaining('with a mapping') } });
    expect(kept).not.toMatchObject({ value: { trigger: expect.anything() } });
  });

  it.each([
    ['specversion', '0.3'],
    ['id', ''],
    ['source', undefined],
    ['type', 7],
  ])('is refused with %s %j', (attribute, value) => {
    expect(structured({ ...context, data, [attribute]: value })).toMatchObject({
      ok: false,
      error: { code: 'INVALID_INPUT', field: attribute },
    });
  });

  it('is refused without the data that its type has', () => {
    expect(structured(context)).toMatchObject({ ok: false });
    expect(structured({ ...context, data: { imgae: '' } })).toMatchObject({ ok: false });
    expect(binary({ 'ce-source': '%E0%A4%A' })).toMatchObject({ error: { field: 'source' } });
  });

  it('is refused in a batch: each has a delivery of its own', () => {
    expect(structured([{ ...context, data }], 'application/cloudevents-batch+json')).toMatchObject({
      ok: false,
      error: { code: 'UNSUPPORTED_MEDIA_TYPE' },
    });
  });
});
