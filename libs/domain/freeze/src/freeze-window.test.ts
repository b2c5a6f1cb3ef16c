import { describe, expect, it } from '@jest/globals';
import { clusterName, instant, namespaceName, serviceName } from '@spillway/kernel';
import { clustersFrozen, type FreezeScope, type FreezeTimes } from './freeze-window.js';
import { refuseWindow } from './refuse-window.js';

const clusters = [
  { name: clusterName('eu'), labels: { env: 'live', region: 'eu' } },
  { name: clusterName('us'), labels: { env: 'live', region: 'us' } },
  { name: clusterName('try'), labels: { env: 'test' } },
];
const frozen = (scope: FreezeScope) =>
  clustersFrozen({ scope }, serviceName('shop/catalog'), clusters);

describe('a freeze window concerns', () => {
  it('everything where nothing is said', () => {
    expect(frozen({})).toEqual(['eu', 'us', 'try']);
  });

  it('the services and namespaces that it names', () => {
    expect(frozen({ namespaces: [namespaceName('shop')] })).toHaveLength(3);
    expect(frozen({ services: [serviceName('shop/catalog')] })).toHaveLength(3);
    expect(frozen({ namespaces: [namespaceName('bank')] })).toEqual([]);
    expect(frozen({ services: [serviceName('shop/cart')] })).toEqual([]);
  });

  it('clusters that have every label', () => {
    expect(frozen({ clusters: { env: 'live' } })).toEqual(['eu', 'us']);
    expect(frozen({ clusters: { env: 'live', region: 'us' } })).toEqual(['us']);
  });
});

describe('refuses a window', () => {
  const weekly: FreezeTimes = {
    kind: 'weekly',
    days: ['sat'],
    from: 0,
    to: 60,
    timeZone: 'UTC',
  };
  const fieldOf = (times: FreezeTimes, scope: FreezeScope = {}) =>
    refuseWindow({ name: 'weekend', times, scope, because: '' })?.field;

  it.each(['Mars/Olympus', '+02:00', ''])('in the time zone "%s"', (timeZone) => {
    expect(fieldOf({ ...weekly, timeZone })).toBe('times.weekly.timeZone');
  });

  it('on no day', () => expect(fieldOf({ ...weekly, days: [] })).toBe('times.weekly.days'));

  it('that ends before it begins', () => {
    expect(fieldOf({ kind: 'once', from: instant(2), to: instant(2) })).toBe('times.once.to');
  });

  it('for nobody', () => {
    expect(fieldOf(weekly, { services: [] })).toBe('scope.services');
    expect(fieldOf(weekly, { namespaces: [] })).toBe('scope.namespaces');
  });

  it('and no other', () => expect(fieldOf(weekly)).toBeUndefined());
});
