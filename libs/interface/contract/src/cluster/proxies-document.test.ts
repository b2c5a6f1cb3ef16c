import { describe, expect, it } from '@jest/globals';
import { instant } from '@spillway/kernel';
import { toClusterView } from './cluster-view.js';
import { toNewCluster } from './to-new-cluster.js';

const withProxies = (proxies?: unknown): unknown => ({
  name: 'eu-west',
  connection: { inCluster: true },
  metrics: { none: true },
  ...(proxies === undefined ? {} : { proxies }),
});

const urls = ['http://istiod-0:15014', 'https://istiod-1.example/debug-proxy'];

describe('who is asked for the proxies of a cluster', () => {
  it.each(['istiod', 'envoy'])('may be %s, and is shown as it was given', (kind) => {
    const made = toNewCluster(withProxies({ [kind]: urls }));
    if (!made.ok) throw new Error(made.error.message);
    expect(made.value.proxies).toEqual({ kind, urls });
    const record = { ...made.value, createdAt: instant(0), updatedAt: instant(0) };
    expect(toClusterView({ record, state: 'ready' }).proxies).toEqual({ kind, urls });
  });

  it('is nobody where nobody is named', () => {
    const made = toNewCluster(withProxies());
    expect(made.ok && made.value).not.toHaveProperty('proxies');
  });

  it.each([
    ['proxies', { istiod: urls, envoy: urls }],
    ['proxies', { istio: urls }],
    ['proxies.istiod', { istiod: [] }],
    ['proxies.istiod', { istiod: ['http://a', 'http://a'] }],
    ['proxies.istiod[0]', { istiod: ['file:///etc/passwd'] }],
    ['proxies.envoy[1]', { envoy: ['http://a', 'unix:///run/envoy.sock'] }],
    ['proxies.istiod[0]', { istiod: ['http://user:SECRET@istiod'] }],
    ['proxies.istiod[0]', { istiod: ['http://istiod/?token=SECRET'] }],
  ])('is refused at %s: %j', (field, proxies) => {
    const made = toNewCluster(withProxies(proxies));
    expect(made).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT', field } });
    expect(JSON.stringify(made)).not.toContain('SECRET');
  });
});
