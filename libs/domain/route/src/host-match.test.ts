import { describe, expect, it } from '@jest/globals';
import {
  bareHost,
  commonHosts,
  fullHost,
  isWithin,
  mostSpecific,
  overlap,
  portIn,
} from './host-match.js';
import { protocolOfPort } from './read/protocol.js';
import { reachOf } from './visibility.js';

describe('hosts', () => {
  it('lie within wildcards that end like them', () => {
    expect(isWithin('a.example.com', '*.example.com')).toBe(true);
    expect(isWithin('*.a.example.com', '*.example.com')).toBe(true);
    expect(isWithin('*.example.com', '*.a.example.com')).toBe(false);
    expect(isWithin('*.example.com', 'a.example.com')).toBe(false);
    expect(isWithin('x-canary.example.com', '*-canary.example.com')).toBe(true);
    expect(isWithin('anything', '*')).toBe(true);
  });

  it('overlap when either covers the other', () => {
    expect(overlap('*.example.com', 'a.example.com')).toBe(true);
    expect(overlap('a.example.com', 'b.example.com')).toBe(false);
  });

  it('of two lists have the narrower ones in common', () => {
    expect(commonHosts(['*.example.com'], ['a.example.com', 'b.other.com'])).toEqual([
      'a.example.com',
    ]);
    expect(commonHosts(['a.example.com'], ['*'])).toEqual(['a.example.com']);
  });

  it('are most specific as themselves, then by the longest wildcard', () => {
    const hosts = ['*', '*.com', '*.example.com'];
    expect(mostSpecific('a.example.com', hosts)).toBe('*.example.com');
    expect(mostSpecific('a.example.com', [...hosts, 'a.example.com'])).toBe('a.example.com');
    expect(mostSpecific('a.org', ['*.com'])).toBeUndefined();
  });

  it("without a dot are services of the object's namespace", () => {
    const full = (host: string): string => fullHost(host, 'demo', 'cluster.local');
    expect(full('shop')).toBe('shop.demo.svc.cluster.local');
    expect(full('shop.demo')).toBe('shop.demo');
    expect(full('*')).toBe('*');
    expect(full('fd00::1')).toBe('fd00::1');
  });

  it('are compared without port and case', () => {
    expect(bareHost('Shop.Example.com:8080')).toBe('shop.example.com');
    expect(bareHost('[FD00::1]:80')).toBe('[fd00::1]');
    expect(portIn('shop:8080')).toBe(8080);
    expect(portIn('[fd00::1]:80')).toBe(80);
    expect(portIn('[fd00::1]')).toBeUndefined();
  });
});

describe('the protocol of a Service port', () => {
  it.each([
    [{ name: 'http' }, 'http'],
    [{ name: 'http-web' }, 'http'],
    [{ name: 'grpc-web-x' }, 'http'],
    [{ name: 'GRPC' }, 'http'],
    [{ name: 'httpweb' }, 'auto'],
    [{ name: '' }, 'auto'],
    [{ name: 'tcp-x' }, 'tcp'],
    [{ name: 'redis' }, 'tcp'],
    [{ name: 'https-x' }, 'tls'],
    [{ name: 'tls' }, 'tls'],
    [{ name: 'x', appProtocol: 'http' }, 'http'],
    [{ name: 'http', appProtocol: 'tcp' }, 'tcp'],
    [{ name: 'x', appProtocol: 'kubernetes.io/h2c' }, 'http'],
    [{ name: 'x', appProtocol: 'kubernetes.io/wss' }, 'tls'],
    [{ name: 'http', transport: 'UDP' }, 'udp'],
    [{ name: 'db', number: 3306 }, 'tcp'],
    [{ name: 'http', number: 3306 }, 'http'],
  ])('of %j is %s', (port, protocol) => {
    expect(protocolOfPort({ number: 8080, ...port })).toBe(protocol);
  });
});

describe('exportTo', () => {
  it.each([
    [[], 'other', 'public'],
    [['*'], 'other', 'public'],
    [['*', '.'], 'demo', 'public'],
    [['.'], 'demo', 'private'],
    [['.'], 'other', undefined],
    [['demo'], 'demo', 'private'],
    [['other'], 'other', 'exported'],
    [['other'], 'demo', undefined],
    [['~'], 'demo', undefined],
    [['~', '.'], 'demo', undefined],
  ])('%j of demo reaches %s as %s', (exportTo, client, reach) => {
    expect(reachOf(exportTo, 'demo', client)).toBe(reach);
  });
});
