import { expect, it } from '@jest/globals';
import type { ProxyFleet, ProxyQuestion } from '../../port/proxy-fleet.js';
import { fresh } from './fresh.js';

/** A proxy of a test: by which hosts it routes, and what its routes are named. */
export interface ProxyState {
  readonly hosts: readonly string[];
  readonly routes: readonly string[];
}

export interface ProxyFleetHarness {
  readonly fleet: ProxyFleet;
  /** Adds a proxy, or gives it another state. */
  readonly put: (name: string, state: ProxyState) => void;
  /** Nobody answers any more. */
  readonly silence: () => Promise<void> | void;
  close?(): Promise<void>;
}

const host = 'catalog.shop.svc.cluster.local';
const question: ProxyQuestion = { hosts: [host], routeName: 'catalog.0f3a9c1e.g7' };
const at = (...routes: readonly string[]): ProxyState => ({ hosts: [host], routes });
const current = at('catalog.0f3a9c1e.g7');

/** What every `ProxyFleet` promises. */
export function proxyFleetContract(make: () => Promise<ProxyFleetHarness>): void {
  const start = fresh(make);

  it('is everywhere when each proxy has it, and says how many', async () => {
    const { fleet, put } = await start();
    put('web-0', current);
    put('web-1', current);
    expect(await fleet.look(question)).toEqual({ kind: 'everywhere', proxies: 2 });
  });

  it('names those that have an older generation', async () => {
    const { fleet, put } = await start();
    put('web-0', current);
    put('web-1', at('catalog.0f3a9c1e.g6'));
    expect(await fleet.look(question)).toMatchObject({
      kind: 'behind',
      behind: [expect.stringContaining('web-1')],
    });
  });

  it('names those that route the host by nothing of ours', async () => {
    const { fleet, put } = await start();
    put('web-0', current);
    put('web-1', at('default'));
    expect(await fleet.look(question)).toMatchObject({ kind: 'behind' });
  });

  it.each([
    ['another generation that begins alike', 'catalog.0f3a9c1e.g70'],
    ['another release', 'catalog.11111111.g7'],
  ])('does not take %s for it', async (_, route) => {
    const { fleet, put } = await start();
    put('web-0', at(route));
    expect(await fleet.look(question)).toMatchObject({ kind: 'behind' });
  });

  it('knows it with more before and behind it, as delegates and match routes have it', async () => {
    const { fleet, put } = await start();
    put('web-0', at('root-catalog.0f3a9c1e.g7.testers', 'root-catalog.0f3a9c1e.g7'));
    expect(await fleet.look(question)).toEqual({ kind: 'everywhere', proxies: 1 });
  });

  it('does not believe a proxy that has an older route beside it', async () => {
    const { fleet, put } = await start();
    put('web-0', at('catalog.0f3a9c1e.g7', 'catalog.0f3a9c1e.g6'));
    expect(await fleet.look(question)).toMatchObject({ kind: 'behind' });
  });

  it('does not count a proxy that does not route the service', async () => {
    const { fleet, put } = await start();
    put('web-0', current);
    put('batch-0', { hosts: ['orders.shop.svc.cluster.local'], routes: ['default'] });
    expect(await fleet.look(question)).toEqual({ kind: 'everywhere', proxies: 1 });
  });

  it('counts a proxy that has our route by a host that is not known here', async () => {
    const { fleet, put } = await start();
    put('gw-0', { hosts: ['shop.example.com'], routes: ['root-catalog.0f3a9c1e.g7'] });
    expect(await fleet.look({ ...question, hosts: [] })).toEqual({
      kind: 'everywhere',
      proxies: 1,
    });
  });

  it('is unknown when no proxy routes the service: nothing is proven by nobody', async () => {
    const { fleet, put } = await start();
    put('batch-0', { hosts: ['orders.shop.svc.cluster.local'], routes: ['default'] });
    expect(await fleet.look(question)).toMatchObject({ kind: 'unknown' });
  });

  it('is unknown when nobody answers', async () => {
    const { fleet, put, silence } = await start();
    put('web-0', current);
    await silence();
    expect(await fleet.look(question)).toMatchObject({
      kind: 'unknown',
      reason: expect.stringMatching(/./),
    });
  });

  it('sees what changed since it was asked before', async () => {
    const { fleet, put } = await start();
    put('web-0', at('catalog.0f3a9c1e.g6'));
    expect(await fleet.look(question)).toMatchObject({ kind: 'behind' });
    put('web-0', current);
    expect(await fleet.look(question)).toEqual({ kind: 'everywhere', proxies: 1 });
  });
}
