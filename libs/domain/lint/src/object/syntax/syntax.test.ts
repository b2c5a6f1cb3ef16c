import { describe, expect, it } from '@jest/globals';
import { base64Length, utf8Length } from './bytes.js';
import { hostsOverlap, hostWithin, isPartialWildcard, wildcardDomainFault } from './dns.js';
import { parseDuration } from './duration.js';
import { headerFormatFault } from './header-value.js';
import { isCidr, isIp } from './ip.js';
import { labelKeyFault } from './labels.js';
import { isLocality, localitiesOverlap } from './locality.js';

describe('a duration', () => {
  it.each([
    ['1h30m', 5_400e9],
    ['1.5s', 1.5e9],
    ['.5ms', 500e3],
    ['2us', 2e3],
    ['2µs', 2e3],
    ['-1s', -1e9],
    ['0', 0],
    ['8760h', 8760 * 3600e9],
  ])('%s is %d ns', (text, nanos) => {
    expect(parseDuration(text)).toBe(nanos);
  });

  it.each(['', '5', '5 s', 's', '1d', '1s2', '1e3s', `${'1'.repeat(70)}s`])(
    '"%s" is none',
    (text) => {
      expect(parseDuration(text)).toBeUndefined();
    },
  );
});

describe('a host', () => {
  it.each(['a', 'a.b', 'a.b.', 'A-1.b', '*', '*.a', '*-a.b', '*a.b', '*.', `${'a'.repeat(63)}.b`])(
    '%s is one',
    (host) => {
      expect(wildcardDomainFault(host)).toBeUndefined();
    },
  );

  it.each(['', 'a..b', '-a.b', 'a.*', 'a_b', 'a.b.12', `${'a'.repeat(64)}.b`, 'a/b'])(
    '"%s" is none',
    (host) => {
      expect(wildcardDomainFault(host)).toBeDefined();
    },
  );

  it.each([
    ['a.b', 'a.b', true],
    ['*.b', 'a.b', true],
    ['*.b', 'b', false],
    ['*.a.b', '*.b', true],
    ['*.a.b', '*.c.b', false],
    ['*', 'a', true],
  ])('%s and %s overlap: %s', (one, other, verdict) => {
    expect([hostsOverlap(one, other), hostsOverlap(other, one)]).toEqual([verdict, verdict]);
  });

  it('is within a wider one, and not the other way round', () => {
    expect([hostWithin('*.a.b', '*.b'), hostWithin('*.b', '*.a.b')]).toEqual([true, false]);
  });

  it('is partly a wildcard where * is neither all nor a whole label', () => {
    expect(['*', '*.a', '*a.b', '*-a.b', 'a'].filter(isPartialWildcard)).toEqual(['*a.b', '*-a.b']);
  });
});

describe('an address', () => {
  it.each([
    '10.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '2001:db8::1',
    '1:2:3:4:5:6:7:8',
    '::ffff:10.0.0.1',
    'fe80::1%eth0',
  ])('%s is one', (text) => {
    expect(isIp(text)).toBe(true);
  });

  it.each([
    '',
    '10.0.0',
    '10.0.0.256',
    '10.0.0.01',
    '1::2::3',
    '1:2:3:4:5:6:7',
    ':1',
    '1:2:3:4:5:6:7:8:9',
    'g::1',
    'fe80::1%',
    '::1.2.3',
    '1.2.3.4::',
  ])('"%s" is none', (text) => {
    expect(isIp(text)).toBe(false);
  });

  it('may be a block', () => {
    const blocks = [
      '10.0.0.0/8',
      '::/0',
      '10.0.0.0/33',
      '::/129',
      '10.0.0.0/08',
      '10.0.0.0/',
      'a/8',
    ];
    expect(blocks.filter(isCidr)).toEqual(['10.0.0.0/8', '::/0']);
  });
});

describe('the key of a label', () => {
  it.each(['a', 'A_b.c-1', 'example.com/a', 'topology.istio.io/cluster'])('%s is one', (key) => {
    expect(labelKeyFault(key)).toBeUndefined();
  });

  it.each(['', '-a', 'a-', 'a/b/c', '/a', 'a b/c', 'a'.repeat(64), `${'a.'.repeat(127)}a/b`])(
    '"%s" is none',
    (key) => {
      expect(labelKeyFault(key)).toEqual(expect.any(String));
    },
  );
});

describe('the value of a header', () => {
  it.each([
    '',
    'a',
    '100%%',
    '%ROUTE_NAME%',
    'a %START_TIME(%s)% b',
    '%REQ(["a", "b"])%',
    '%A(["b\\"c"])%',
  ])('%s is one', (value) => {
    expect(headerFormatFault(value)).toBeUndefined();
  });

  it.each([
    '%',
    'abc%123',
    '%START_TIME%%',
    '%A(',
    '%A([b])%',
    '%A(["b" "c"])%',
    '%A(b)c%',
    '%A(["b\\',
  ])('%s is none', (value) => {
    expect(headerFormatFault(value)).toEqual(expect.any(String));
  });
});

describe('a locality', () => {
  it('has no empty part, and a * at most at its end', () => {
    const names = ['eu', 'eu/a', 'eu/a/b', 'eu/*', '*', '', 'eu//b', 'eu/', '*/a', 'eu*/a'];
    expect(names.filter(isLocality)).toEqual(['eu', 'eu/a', 'eu/a/b', 'eu/*', '*']);
  });

  it.each([
    ['eu', 'eu/a', true],
    ['eu/a', 'eu', true],
    ['eu/*', 'eu/a', true],
    ['eu/a', 'eu/*', false],
    ['*', 'eu', true],
    ['eu', '*', false],
    ['eu/a/b', 'eu/a', true],
    ['eu/a/b', 'eu/a/c', false],
  ])('%s takes what a later %s has: %s', (earlier, later, verdict) => {
    expect(localitiesOverlap(earlier, later)).toBe(verdict);
  });
});

it('counts bytes as they are sent', () => {
  expect(['a', 'é', '€', '😀'].map(utf8Length)).toEqual([1, 2, 3, 4]);
  expect(['', 'YQ==', 'YWI=', 'YWJj'].map(base64Length)).toEqual([0, 1, 2, 3]);
});
