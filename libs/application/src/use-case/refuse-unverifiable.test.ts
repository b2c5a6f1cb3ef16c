import { expect, it } from '@jest/globals';
import { aCaller } from '../testing/fake/a-caller.js';
import { aWorkshop } from '../testing/fake/workshop.js';
import type { NewService } from '../port/service-store.js';
import { aCluster, aService, eu, us } from '../testing/index.js';

const proxies = { kind: 'envoy', urls: ['http://gateway:15000'] } as const;
const virtualService = { namespace: 'shop', name: 'web' };

async function startWith(
  service: Partial<NewService>,
  askable: readonly (typeof eu)[],
  strategy: { readonly verify?: 'distributed' } = { verify: 'distributed' },
) {
  const workshop = await aWorkshop(strategy);
  for (const name of askable) {
    await workshop.uow.run((tx) => tx.clusters.put(aCluster({ name, proxies })));
  }
  await workshop.useCases.putService(aService(service), aCaller('anna'));
  return workshop.start();
}

it('refuses to wait for proxies of clusters where nobody can be asked, and names them', async () => {
  expect(await startWith({}, [us])).toMatchObject({
    ok: false,
    error: {
      code: 'INVALID_STRATEGY',
      field: 'strategy',
      message: 'The strategy waits for proxies, and nobody can be asked for those of eu.',
    },
  });
});

it.each<[string, Partial<NewService>]>([
  [
    'it is routed by its pods',
    { ownership: { kind: 'replicas', deployment: 'c-{version}', total: 8 } },
  ],
  ['routes of tcp have no name', { protocol: 'tcp' }],
  ['routes of tls have no name', { protocol: 'tls' }],
  [
    'weights in routes that people named carry no name of ours',
    { ownership: { kind: 'adopted', virtualService } },
  ],
])('refuses to wait for proxies that cannot tell: %s', async (because, service) => {
  const outcome = await startWith(service, [eu, us]);
  expect(outcome).toMatchObject({ ok: false, error: { code: 'INVALID_STRATEGY' } });
  expect(outcome.ok || outcome.error.message).toContain(because);
  expect(await startWith(service, [eu, us], {})).toMatchObject({ ok: true });
});

it.each<Partial<NewService>>([
  {},
  { protocol: 'grpc' },
  { ownership: { kind: 'delegate', virtualService } },
])('begins where all can be asked: %j', async (service) => {
  expect(await startWith(service, [eu, us])).toMatchObject({ ok: true });
});
