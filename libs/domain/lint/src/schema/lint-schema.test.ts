import { describe, expect, it } from '@jest/globals';
import { anObject } from '../testing/an-object.js';
import { lintSchema } from './lint-schema.js';

const codes = (kind: string, spec: unknown, minor?: number): readonly string[] =>
  lintSchema(anObject(kind, 'shop/catalog', spec), {
    istio: minor === undefined ? undefined : { minor },
  }).map(({ code, path }) => `${code} ${path}`);

const route = (weight: unknown): unknown => ({
  hosts: ['catalog'],
  http: [{ route: [{ destination: { host: 'catalog' }, weight }] }],
});

describe('the schema of a VirtualService', () => {
  it('is content with what Istio documents', () => {
    expect(codes('VirtualService', route(10), 30)).toEqual([]);
  });

  it('knows no field that Istio does not have, and guesses what was meant', () => {
    const [finding] = lintSchema(
      anObject('VirtualService', 'shop/catalog', {
        hosts: ['a'],
        http: [{ nmae: 'x', route: [] }],
      }),
    );
    expect(finding).toMatchObject({
      code: 'UNKNOWN_FIELD',
      path: 'spec.http[0].nmae',
      next: 'Write name if that is what is meant.',
    });
  });

  it.each([
    ['a text', '10', 'WRONG_TYPE'],
    ['a fraction', 1.5, 'WRONG_TYPE'],
    ['more than an int32 holds', 3_000_000_000, 'OUT_OF_RANGE'],
    ['null', null, 'NULL_VALUE'],
  ])('takes no %s for a weight', (_, weight, code) => {
    expect(codes('VirtualService', route(weight))).toEqual([
      `${code} spec.http[0].route[0].weight`,
    ]);
  });

  it('wants a whole number below 2^32 for a port', () => {
    const spec = { http: [{ match: [{ port: -1 }, { port: 4_294_967_296 }] }] };
    expect(codes('VirtualService', spec)).toEqual([
      'OUT_OF_RANGE spec.http[0].match[0].port',
      'OUT_OF_RANGE spec.http[0].match[1].port',
    ]);
  });

  it('wants a destination for each weight, and a host in it', () => {
    const spec = { http: [{ route: [{ weight: 1 }, { destination: {} }] }] };
    expect(codes('VirtualService', spec)).toEqual([
      'REQUIRED_FIELD spec.http[0].route[0].destination',
      'REQUIRED_FIELD spec.http[0].route[1].destination.host',
    ]);
  });

  it('allows one way to match a text, and none for presence', () => {
    const match = (headers: object): object => ({ http: [{ match: [{ headers }] }] });
    expect(codes('VirtualService', match({ 'x-a': {} }))).toEqual([]);
    expect(codes('VirtualService', match({ 'x-a': { exact: 'b', regex: 'c' } }))).toEqual([
      'ONE_OF spec.http[0].match[0].headers["x-a"]',
    ]);
    expect(codes('VirtualService', match({ 'x-a': null }))).toEqual([
      'NULL_VALUE spec.http[0].match[0].headers["x-a"]',
    ]);
  });

  it.each([
    [null, 'NULL_VALUE spec'],
    ['text', 'WRONG_TYPE spec'],
    [[], 'WRONG_TYPE spec'],
    [{ http: {} }, 'WRONG_TYPE spec.http'],
    [{ http: [[]] }, 'WRONG_TYPE spec.http[0]'],
  ])('says of %j that it is none', (spec, finding) => {
    expect(codes('VirtualService', spec)).toEqual([finding]);
  });

  it('is not confused by names that every JavaScript object has', () => {
    expect(codes('VirtualService', JSON.parse('{"constructor": {}, "__proto__": {}}'))).toEqual([
      'UNKNOWN_FIELD spec.constructor',
      'UNKNOWN_FIELD spec.__proto__',
    ]);
  });
});

describe('the schema of the other kinds', () => {
  it('wants the host of a DestinationRule, also when there is no spec', () => {
    expect(codes('DestinationRule', undefined)).toEqual(['REQUIRED_FIELD spec.host']);
  });

  it('allows the values of an enumeration as they are written, and guesses', () => {
    const spec = { host: 'a', trafficPolicy: { loadBalancer: { simple: 'round_robin' } } };
    const [finding] = lintSchema(anObject('DestinationRule', 'shop/catalog', spec));
    expect(finding).toMatchObject({ code: 'NOT_IN_ENUM', next: 'Write ROUND_ROBIN.' });
  });

  it('refuses two kinds of load balancing, and two ways to hash', () => {
    const consistentHash = { useSourceIp: true, httpHeaderName: 'a', ringHash: {}, maglev: {} };
    const spec = {
      host: 'a',
      trafficPolicy: { loadBalancer: { simple: 'RANDOM', consistentHash } },
    };
    expect(codes('DestinationRule', spec)).toEqual([
      'ONE_OF spec.trafficPolicy.loadBalancer.consistentHash',
      'ONE_OF spec.trafficPolicy.loadBalancer.consistentHash',
      'ONE_OF spec.trafficPolicy.loadBalancer',
    ]);
  });

  it('bounds the number of hosts of a ServiceEntry on both sides', () => {
    const hosts = Array.from({ length: 257 }, (_, index) => `h${index}.example.com`);
    expect(codes('ServiceEntry', { hosts })).toEqual(['TOO_MANY_ITEMS spec.hosts']);
    expect(codes('ServiceEntry', { hosts: [] })).toEqual(['TOO_FEW_ITEMS spec.hosts']);
  });

  it('bounds the length of a name in a Telemetry', () => {
    const spec = { accessLogging: [{ providers: [{ name: '' }] }] };
    expect(codes('Telemetry', spec)).toEqual([
      'WRONG_LENGTH spec.accessLogging[0].providers[0].name',
    ]);
  });

  it('says nothing of kinds that are not Istio’s', () => {
    const gateway = anObject(
      'Gateway',
      'shop/web',
      { listeners: [] },
      {
        apiVersion: 'gateway.networking.k8s.io/v1',
      },
    );
    expect(lintSchema(gateway)).toEqual([]);
    expect(codes('Service', { anything: null })).toEqual([]);
  });
});
