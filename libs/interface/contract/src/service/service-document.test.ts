import { describe, expect, it } from '@jest/globals';
import { toNewService } from './to-new-service.js';

const catalog = { name: 'shop/catalog', port: 8080, stable: 'v1', clusters: ['eu', 'us'] };

describe('toNewService', () => {
  it('derives the host and the version label', () => {
    expect(toNewService(catalog)).toEqual({
      ok: true,
      value: {
        service: 'shop/catalog',
        host: 'catalog.shop.svc.cluster.local',
        port: 8080,
        versionLabel: 'version',
        stable: 'v1',
        clusters: ['eu', 'us'],
      },
    });
  });

  it.each([
    ['name', { name: 'catalog' }],
    ['port', { port: 0 }],
    ['stable', { stable: 'v1.2' }],
    ['clusters', { clusters: [] }],
    ['clusters', { clusters: ['eu', 'eu'] }],
    ['clusters[0]', { clusters: ['EU'] }],
    ['host', { host: 'https://catalog' }],
    ['versionLabel', { versionLabel: 'a b' }],
    ['versionLabel', { versionLabel: 'a/b/c' }],
  ])('refuses a wrong %s', (field, change) => {
    expect(toNewService({ ...catalog, ...change })).toMatchObject({ ok: false, error: { field } });
  });
});
