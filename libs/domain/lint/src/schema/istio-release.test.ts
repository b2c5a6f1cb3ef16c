import { describe, expect, it } from '@jest/globals';
import { anObject } from '../testing/an-object.js';
import { lintSchema } from './lint-schema.js';

const spec = {
  host: 'catalog',
  trafficPolicy: {
    retryBudget: { percent: 20 },
    loadBalancer: { consistentHash: { httpCookie: { name: 'a', attributes: [] } } },
  },
};

const codes = (object: ReturnType<typeof anObject>, minor?: number): readonly string[] =>
  lintSchema(object, minor === undefined ? {} : { istio: { minor } }).map(
    ({ code, path }) => `${code} ${path}`,
  );

describe('the Istio of the cluster', () => {
  it.each([
    [28, []],
    [27, ['httpCookie.attributes']],
    [26, ['retryBudget', 'httpCookie.attributes']],
  ])('1.%i has the fields that are no newer', (minor, tooNew) => {
    const found = codes(anObject('DestinationRule', 'shop/catalog', spec), minor);
    expect(found).toHaveLength(tooNew.length);
    tooNew.forEach((field, index) =>
      expect(found[index]).toMatch(new RegExp(`^FIELD_TOO_NEW .*${field}$`)),
    );
  });

  it('is not asked for when nobody says which it is', () => {
    expect(codes(anObject('DestinationRule', 'shop/catalog', spec))).toEqual([]);
  });

  it('has values of enumerations that are no newer', () => {
    const entry = anObject('ServiceEntry', 'shop/web', {
      hosts: ['*.a.com'],
      resolution: 'DYNAMIC_DNS',
    });
    expect(codes(entry, 27)).toEqual(['VALUE_TOO_NEW spec.resolution']);
    expect(codes(entry, 28)).toEqual([]);
  });

  it('may have fields that are not known here, if it is newer than what is', () => {
    const http = [{ redirect: { prefixRewrite: '/b' }, somethingOfTomorrow: {} }];
    const object = anObject('VirtualService', 'shop/web', { http });
    expect(codes(object, 31)).toEqual(['FIELD_NOT_KNOWN_YET spec.http[0].somethingOfTomorrow']);
    expect(codes(object, 30)).toEqual([
      'FIELD_TOO_NEW spec.http[0].redirect.prefixRewrite',
      'UNKNOWN_FIELD spec.http[0].somethingOfTomorrow',
    ]);
  });

  it.each([
    ['networking.istio.io/v1', 21, true],
    ['networking.istio.io/v1', 22, false],
    ['networking.istio.io/v1beta1', 21, false],
    ['networking.istio.io/v1alpha3', 31, false],
    ['networking.istio.io/v2', 30, true],
    ['telemetry.istio.io/v1', 30, true],
    ['v1', 30, true],
  ])('answers for %s in 1.%i: unknown %s', (apiVersion, minor, isUnknown) => {
    const object = anObject('VirtualService', 'shop/a', {}, { apiVersion });
    expect(codes(object, minor)).toEqual(isUnknown ? ['UNKNOWN_API_VERSION apiVersion'] : []);
  });

  it('says which version it serves instead', () => {
    const object = anObject('Telemetry', 'shop/a', {});
    expect(lintSchema(object, { istio: { minor: 20 } })).toMatchObject([
      { code: 'UNKNOWN_API_VERSION', next: 'Write telemetry.istio.io/v1alpha1.' },
    ]);
  });
});
