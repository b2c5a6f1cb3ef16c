import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ProxyFleet } from '@spillway/application';
import { proxyFleetContract } from '@spillway/application/testing';
import { createProxyFleet } from './create-proxy-fleet.js';
import { ScriptedIstiod } from './testing/scripted-istiod.js';

const host = 'catalog.shop.svc.cluster.local';
const question = { hosts: [host], routeName: 'catalog.0f3a9c1e.g7' };
const current = { hosts: [host], routes: ['catalog.0f3a9c1e.g7'] };
const older = { hosts: [host], routes: ['catalog.0f3a9c1e.g6'] };
const limits = { timeoutMs: 1_000, maxProxies: 100 };

describe('proxies behind an istiod', () => {
  proxyFleetContract(async () => {
    const istiod = await ScriptedIstiod.start();
    const fleet = createProxyFleet({ kind: 'istiod', urls: [istiod.url] }, limits);
    return {
      fleet,
      put: (name, state) => istiod.put(`${name}.shop`, state),
      silence: () => void (istiod.isSilent = true),
      close: async () => {
        await fleet.close();
        await istiod.close();
      },
    };
  });
});

describe('a look through istiods', () => {
  let first: ScriptedIstiod;
  let second: ScriptedIstiod;
  let fleet: ProxyFleet;

  beforeEach(async () => {
    [first, second] = [await ScriptedIstiod.start(), await ScriptedIstiod.start()];
    fleet = createProxyFleet({ kind: 'istiod', urls: [first.url, `${second.url}/`] }, limits);
  });
  afterEach(async () => {
    await fleet.close();
    await first.close();
    await second.close();
  });

  it('does not take what istiod would send for what a frozen proxy has', async () => {
    first.put('gw-0.istio-system', { ...current, isFrozen: true });
    first.put('web-0.shop', current);
    expect(await fleet.look(question)).toEqual({
      kind: 'behind',
      proxies: 2,
      behind: ['gw-0.istio-system'],
    });
    first.put('gw-0.istio-system', current);
    expect(await fleet.look(question)).toEqual({ kind: 'everywhere', proxies: 2 });
  });

  it('counts a proxy that refused the routes as behind', async () => {
    first.put('web-0.shop', { ...current, lastError: 'Internal: duplicate domain' });
    expect(await fleet.look(question)).toMatchObject({ behind: ['web-0.shop'] });
  });

  it('asks every replica, for each knows its own proxies only', async () => {
    first.put('web-0.shop', current);
    second.put('web-1.shop', older);
    expect(await fleet.look(question)).toEqual({
      kind: 'behind',
      proxies: 2,
      behind: ['web-1.shop'],
    });
    second.put('web-1.shop', current);
    expect(await fleet.look(question)).toEqual({ kind: 'everywhere', proxies: 2 });
  });

  it('knows nothing when one replica is silent, but still names those behind another', async () => {
    first.put('web-0.shop', current);
    second.isSilent = true;
    expect(await fleet.look(question)).toEqual({
      kind: 'unknown',
      reason: `${second.url}/ gave no answer in 1000 ms`,
    });
    first.put('web-0.shop', older);
    expect(await fleet.look(question)).toMatchObject({ kind: 'behind' });
  });

  it('reads acknowledgements after the dumps, never before', async () => {
    first.put('web-0.shop', current);
    await fleet.look(question);
    const pages = first.asked.map((path) => path.replace(/\?.*/, ''));
    expect(pages).toEqual(['/debug/adsz', '/debug/config_dump', '/debug/syncz']);
  });

  it('asks for a connection by its whole id', async () => {
    first.put('web-1.demo', older);
    first.put('web-1.demo2', current);
    expect(await fleet.look(question)).toMatchObject({ behind: ['web-1.demo'] });
    expect(first.asked).toContain('/debug/config_dump?proxyID=web-1.demo-1&types=rds');
  });

  it('says so when istiod cannot be asked for one apart from another', async () => {
    first.put('web-1.demo', { ...current, connectionId: 'web-1.demo-1' });
    first.put('xweb-1.demo', { ...older, connectionId: 'xweb-1.demo-12' });
    expect(await fleet.look(question)).toEqual({
      kind: 'unknown',
      reason: `${first.url} cannot be asked for web-1.demo-1 apart from xweb-1.demo-12`,
    });
  });

  it('asks no proxy that watches no routes', async () => {
    first.put('web-0.shop', current);
    first.put('tcp-0.shop', { ...older, isRouteless: true });
    expect(await fleet.look(question)).toEqual({ kind: 'everywhere', proxies: 1 });
  });

  it('counts a proxy as behind that went to another replica meanwhile', async () => {
    first.put('web-0.shop', { ...current, connectionId: 'web-0.shop-4' });
    first.gone.add('web-0.shop-4');
    expect(await fleet.look(question)).toMatchObject({ behind: ['web-0.shop'] });
  });

  it('stops asking when enough are behind to say so', async () => {
    for (let n = 0; n < 90; n += 1) first.put(`web-${n}.shop`, older);
    const answer = await fleet.look(question);
    expect(answer.kind).toBe('behind');
    const dumps = first.asked.filter((path) => path.startsWith('/debug/config_dump'));
    expect(dumps.length).toBeLessThan(40);
  });

  it('asks no more proxies than it may', async () => {
    for (let n = 0; n < 101; n += 1) first.put(`web-${n}.shop`, current);
    expect(await fleet.look(question)).toEqual({
      kind: 'unknown',
      reason: `${first.url} has 101 proxies, of which 100 can be asked`,
    });
    expect(first.asked).toEqual(['/debug/adsz']);
  });

  it('says what to do when it is not let in', async () => {
    first.status = 401;
    expect(await fleet.look(question)).toMatchObject({
      kind: 'unknown',
      reason: expect.stringMatching(/HTTP 401: not authenticated; reach istiod by a port-forward/),
    });
  });
});
