import { expect, it } from '@jest/globals';
import { isDnsLabel, isVersion, serviceName, splitServiceName } from './names.js';

it.each(['a', '0', 'catalog', 'a-b', 'a--b', '9lives', 'a'.repeat(63)])(
  'takes %s as a DNS label and as a version',
  (text) => {
    expect(isDnsLabel(text)).toBe(true);
    expect(isVersion(text)).toBe(true);
  },
);

it.each(['', '-a', 'a-', 'a_b', 'a.b', 'a b', 'a\n', 'ä', 'a'.repeat(64), 'a/b'])(
  'takes %j neither as a DNS label nor as a version',
  (text) => {
    expect(isDnsLabel(text)).toBe(false);
    expect(isVersion(text)).toBe(false);
  },
);

it('takes upper case in a version only', () => {
  expect(isVersion('V1-RC')).toBe(true);
  expect(isDnsLabel('V1')).toBe(false);
});

it('refuses a letter that only looks like k when it is written small', () => {
  const kelvin = '\u212a';
  expect(kelvin.toLowerCase()).toBe('k');
  expect(isVersion(kelvin)).toBe(false);
});

it('splits a service name at its slash', () => {
  expect(splitServiceName(serviceName('shop/catalog'))).toEqual({
    namespace: 'shop',
    name: 'catalog',
  });
});
