import { describe, expect, it } from '@jest/globals';
import { toPushMeasurements } from './to-push-measurements.js';

const one = {
  metric: 'orders',
  cluster: 'eu-west',
  service: 'shop/catalog',
  version: 'v2',
  value: 1,
};
const { value: _, ...bare } = one;
const read = toPushMeasurements;

describe('measurements', () => {
  it('are one or a list', () => {
    expect(read(one)).toMatchObject({
      value: { form: 'one', measurements: [{ figure: { kind: 'value', value: 1 } }] },
    });
    const list = read({ measurements: [one, { ...bare, requests: 10, errors: 2 }] });
    expect(list).toMatchObject({
      value: {
        form: 'list',
        measurements: [{}, { figure: { kind: 'counts', requests: 10, errors: 2 } }],
      },
    });
  });

  it('say when, in any time zone, or leave it to whoever takes them', () => {
    const at = '2026-01-05T11:00:00.5+01:00';
    expect(read({ ...one, at })).toMatchObject({
      value: { measurements: [{ at: Date.UTC(2026, 0, 5, 10, 0, 0, 500) }] },
    });
    const parsed = read(one);
    expect(parsed.ok && parsed.value.measurements[0]).not.toHaveProperty('at');
  });

  it.each([
    [bare, 'value'],
    [{ ...one, requests: 1, errors: 0 }, 'value'],
    [{ ...bare, requests: 1 }, 'value'],
    [{ ...bare, errors: 1 }, 'value'],
    [{ ...bare, requests: 1, errors: 2 }, 'errors'],
    [{ ...bare, requests: 1.5, errors: 0 }, 'requests'],
    [{ ...bare, requests: 1, errors: -1 }, 'errors'],
    [{ ...one, value: 1e101 }, 'value'],
    [{ ...one, value: '1' }, 'value'],
    [{ ...one, value: null }, 'value'],
    [{ ...one, at: 'yesterday' }, 'at'],
    [{ ...one, service: 'catalog' }, 'service'],
    [{ ...one, metric: 'Orders!' }, 'metric'],
    [{ ...one, versoin: 'v1' }, undefined],
  ])('are refused with the field that is wrong: %j', (wrong, field) => {
    expect(read(wrong)).toMatchObject({
      ok: false,
      error: { code: 'INVALID_INPUT', ...(field === undefined ? {} : { field }) },
    });
    expect(read({ measurements: [one, wrong] })).toMatchObject({
      error: { field: field === undefined ? 'measurements[1]' : `measurements[1].${field}` },
    });
  });

  it('name every field that is wrong', () => {
    const wrong = { ...one, cluster: 'No', at: 'x' };
    expect(read({ measurements: [wrong, one, { ...one, value: 'x' }] })).toMatchObject({
      error: {
        message: expect.stringMatching(
          /^measurements\[0\]\.cluster: [^;]+; measurements\[0\]\.at: [^;]+; measurements\[2\]\.value: [^;]+\.$/,
        ),
      },
    });
  });

  it.each([[[]], [Array.from({ length: 1_001 }, () => one)]])(
    'are 1 to 1000 in a list',
    (measurements) => {
      expect(read({ measurements })).toMatchObject({
        error: {
          field: 'measurements',
          message: 'measurements: must have 1 to 1000 measurements.',
        },
      });
    },
  );

  it.each([undefined, null, [], [one], 'x', 1])('are no %j', (input) => {
    expect(read(input)).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT' } });
  });
});
