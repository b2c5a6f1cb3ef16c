import { describe, expect, it } from '@jest/globals';
import { proxyFleetContract, type ProxyState } from '@spillway/application/testing';
import { createProxyFleet } from './create-proxy-fleet.js';
import { startLoopback } from './testing/loopback-server.js';

const limits = { timeoutMs: 1_000, maxProxies: 100 };

/** As Envoy 1.40 answers to `config_dump?resource=dynamic_route_configs`. */
const dumpOf = ({ hosts, routes }: ProxyState) => ({
  configs: [
    {
      '@type': 'type.googleapis.com/envoy.admin.v3.RoutesConfigDump.DynamicRouteConfig',
      version_info: '2026-01-05T01:49:28Z/35',
      route_config: {
        '@type': 'type.googleapis.com/envoy.config.route.v3.RouteConfiguration',
        name: '80',
        virtual_hosts: [
          { name: 'the-host', domains: hosts, routes: routes.map((name) => ({ name })) },
          { name: 'block_all', domains: ['*'] },
        ],
      },
      last_updated: '2026-01-05T01:49:28.100Z',
    },
  ],
});

describe('Envoys that are asked themselves', () => {
  /** One server with a path for each Envoy; those that were not put route nothing. */
  proxyFleetContract(async () => {
    const states = new Map<string, ProxyState>();
    let isSilent = false;
    const server = await startLoopback(({ pathname }) => {
      if (isSilent) return undefined;
      const state = states.get(pathname.split('/')[1] ?? '');
      return { body: state === undefined ? {} : dumpOf(state) };
    });
    const names = ['web-0', 'web-1', 'batch-0', 'gw-0'];
    const urls = names.map((name) => `${server.url}/${name}`);
    const fleet = createProxyFleet({ kind: 'envoy', urls }, limits);
    return {
      fleet,
      put: (name, state) => void states.set(name, state),
      silence: () => void (isSilent = true),
      close: async () => {
        await fleet.close();
        await server.close();
      },
    };
  });
});

const question = { hosts: ['catalog.shop'], routeName: 'catalog.0f3a9c1e.g7' };

it.each([
  ['an answer that is no JSON', { body: 'upstream connect error' }, /gave no JSON/],
  ['an answer of another kind', { body: { configs: 'none' } }, /of another kind/],
  ['an error', { status: 503, body: 'draining' }, /HTTP 503: draining/],
  ['a page that was moved', { status: 302, body: '' }, /HTTP 302/],
])('does not know from %s', async (_, reply, reason) => {
  const server = await startLoopback(() => reply);
  const fleet = createProxyFleet({ kind: 'envoy', urls: [server.url] }, limits);
  expect(await fleet.look(question)).toMatchObject({
    kind: 'unknown',
    reason: expect.stringMatching(reason),
  });
  await fleet.close();
  await server.close();
});

it('does not know when nobody listens', async () => {
  const server = await startLoopback(() => undefined);
  await server.close();
  const fleet = createProxyFleet({ kind: 'envoy', urls: [server.url] }, limits);
  const reason = expect.stringMatching(/ECONNREFUSED/);
  expect(await fleet.look(question)).toMatchObject({ kind: 'unknown', reason });
  await fleet.close();
});
