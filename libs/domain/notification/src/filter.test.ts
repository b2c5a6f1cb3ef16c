import { describe, expect, it } from '@jest/globals';
import { instant, serviceName } from '@spillway/kernel';
import { fits, type NoticeFilter } from './filter.js';
import { testNotice } from './test-notice.js';
import { aNotice, aNoticedRelease } from './testing/index.js';
import { wants } from './wants.js';

const all: NoticeFilter = { severity: 'detail' };

describe('a filter', () => {
  it.each<[string, NoticeFilter, boolean]>([
    ['says nothing', all, true],
    ['names its namespace', { ...all, namespaces: ['pay', 'shop'] }, true],
    ['names another namespace', { ...all, namespaces: ['pay'] }, false],
    ['names no namespace', { ...all, namespaces: [] }, false],
    ['names its service', { ...all, services: ['shop/catalog'] }, true],
    ['names another service of its namespace', { ...all, services: ['shop/cart'] }, false],
    ['names its type', { ...all, types: ['rollbackStarted'] }, true],
    ['names another type', { ...all, types: ['succeeded'] }, false],
    ['wants as much', { severity: 'critical' }, true],
    [
      'names its service and another namespace',
      { ...all, services: ['shop/catalog'], namespaces: ['pay'] },
      false,
    ],
  ])('that %s: a notice of shop/catalog', (_, filter, expected) => {
    expect(fits(filter, aNotice())).toBe(expected);
  });

  it('leaves out what matters less', () => {
    expect(fits({ severity: 'warning' }, aNotice({ severity: 'info' }))).toBe(false);
  });

  it('lets a test through, whatever it leaves out', () => {
    const strict: NoticeFilter = { severity: 'critical', namespaces: [], types: [] };
    expect(fits(strict, testNotice('anna', instant(0)))).toBe(true);
  });

  it('tells namespaces from services that begin alike', () => {
    const release = aNoticedRelease({ service: serviceName('shopping/catalog') });
    expect(fits({ ...all, namespaces: ['shop'] }, aNotice({ release }))).toBe(false);
  });
});

describe('a status on GitHub', () => {
  const channel = {
    kind: 'gitHubCommitStatus',
    url: 'https://api.github.com',
    repository: 'shop/catalog',
    token: { secret: 'github' },
    ref: '{{version}}',
    context: 'spillway',
  } as const;
  const { phaseBefore: _, ...unturned } = aNotice();

  it('is told of a phase that begins', () => {
    expect(wants({ channel, filter: all }, aNotice())).toBe(true);
    expect(wants({ channel, filter: all }, { ...unturned, type: 'created' })).toBe(true);
  });

  it('is not told of what leaves the phase as it is, as a chat is', () => {
    const slack = { kind: 'slack', url: { secret: 'slack' } } as const;
    expect(wants({ channel, filter: all }, unturned)).toBe(false);
    expect(wants({ channel: slack, filter: all }, unturned)).toBe(true);
  });
});
