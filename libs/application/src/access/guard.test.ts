import { beforeEach, describe, expect, it } from '@jest/globals';
import { roles, type Grant } from '@spillway/domain-access';
import {
  deliveryId,
  namespaceName,
  releaseId,
  serviceName,
  type ReleaseId,
} from '@spillway/kernel';
import { aService, eu, us } from '../testing/contract/index.js';
import { aCaller } from '../testing/fake/a-caller.js';
import { aWorkshop, type Workshop } from '../testing/fake/workshop.js';
import { operations } from './operations.js';

const shop = namespaceName('shop');
const catalog = serviceName('shop/catalog');

let workshop: Workshop;
let id: ReleaseId;
/** Catalog is in eu, which is in test, and in us, which is live. */
beforeEach(async () => {
  workshop = await aWorkshop();
  await workshop.uow.run(async (tx) => {
    for (const [name, env] of [
      [eu, 'test'],
      [us, 'live'],
    ] as const) {
      const cluster = await tx.clusters.get(name);
      if (cluster !== undefined) await tx.clusters.put({ ...cluster, labels: { env } });
    }
  });
  id = (await workshop.started()).id;
});

const as = (...grants: readonly Grant[]) => aCaller('ana', { grants });
const pause = (caller: ReturnType<typeof as>) =>
  workshop.useCases.commandRelease({ release: id, verb: 'abort', comment: '' }, caller);
const done = { ok: true };
const forbidden = { ok: false, error: { code: 'FORBIDDEN' } };
const unseen = { ok: false, error: { code: 'UNKNOWN_RELEASE' } };

describe('a command', () => {
  it.each<[string, readonly Grant[]]>([
    ['everywhere', [{ role: 'releaser' }]],
    ['in the namespace', [{ role: 'releaser', namespaces: [shop] }]],
    ['in both environments', [{ role: 'releaser', environments: ['test', 'live'] }]],
    [
      'by two grants together',
      [
        { role: 'releaser', environments: ['test'] },
        { role: 'operator', clusters: { env: 'live' } },
      ],
    ],
  ])('is for a releaser %s', async (_, grants) => {
    expect(await pause(as(...grants))).toMatchObject(done);
  });

  it.each<[string, readonly Grant[]]>([
    ['a viewer', [{ role: 'viewer' }]],
    ['an approver', [{ role: 'approver', namespaces: [shop] }]],
    ['a releaser of a part of its clusters', [{ role: 'releaser', environments: ['test'] }]],
    [
      'a viewer here who is a releaser elsewhere',
      [
        { role: 'viewer', namespaces: [shop] },
        { role: 'releaser', namespaces: [namespaceName('bank')] },
      ],
    ],
  ])('is not for %s, who is told so', async (_, grants) => {
    expect(await pause(as(...grants))).toMatchObject(forbidden);
  });

  it.each<[string, readonly Grant[]]>([
    ['of another namespace', [{ role: 'admin', namespaces: [namespaceName('bank')] }]],
    ['of other clusters', [{ role: 'admin', clusters: { env: 'play' } }]],
    ['of nothing', []],
  ])('names a release that is not there to somebody %s', async (_, grants) => {
    const refused = await pause(as(...grants));
    expect(refused).toMatchObject(unseen);
    const missing = releaseId('00000000-0000-4000-8000-00000000dead');
    const command = { release: missing, verb: 'abort', comment: '' } as const;
    const none = await workshop.useCases.commandRelease(command, as(...grants));
    const text = JSON.stringify(none);
    expect(text.replaceAll(missing, id)).toBe(JSON.stringify(refused));
  });
});

describe('what concerns everything', () => {
  const secret = (caller: ReturnType<typeof as>) =>
    workshop.useCases.listSecrets({ limit: 1 }, caller);

  it('is not changed by a role in a part', async () => {
    const limited = as({ role: 'operator', namespaces: [shop] });
    const {
      version: _,
      createdAt: __,
      ...strategy
    } = await workshop.uow.run(async (tx) => {
      const [known] = (await tx.strategies.list({ limit: 1 })).items;
      if (known === undefined) throw new Error('no strategy');
      return known;
    });
    expect(await workshop.useCases.putStrategy(strategy, limited)).toMatchObject(forbidden);
    expect(await workshop.useCases.putStrategy(strategy, as({ role: 'operator' }))).toMatchObject(
      done,
    );
  });

  it('is read by whoever has the role anywhere, and by nobody else', async () => {
    expect(await secret(as({ role: 'operator', namespaces: [shop] }))).toMatchObject(done);
    expect(await secret(as({ role: 'releaser' }))).toMatchObject(forbidden);
  });
});

describe('what tells of all namespaces', () => {
  const page = { limit: 1 };
  const readBy = (caller: ReturnType<typeof as>) => [
    workshop.useCases.listAudit({}, page, caller),
    workshop.useCases.verifyAudit(caller),
    workshop.useCases.listTokens(page, caller),
    workshop.useCases.listMembers(page, caller),
    workshop.useCases.listOutgoingDeliveries({}, page, caller),
    workshop.useCases.getOutgoingDelivery(deliveryId('none'), caller),
    workshop.useCases.listReceivedDeliveries({}, page, caller),
    workshop.useCases.getReceivedDelivery(deliveryId('none'), caller),
    workshop.useCases.testRule(
      { about: { kind: 'delivery', delivery: deliveryId('none') } },
      caller,
    ),
  ];

  it.each<[string, Grant]>([
    ['a namespace', { role: 'admin', namespaces: [shop] }],
    ['an environment', { role: 'admin', environments: ['test'] }],
    ['some clusters', { role: 'admin', clusters: { env: 'test' } }],
  ])('is not read by an admin of %s', async (_, grant) => {
    for (const read of readBy(as(grant))) expect(await read).toMatchObject(forbidden);
  });

  it('is read by an admin of everything', async () => {
    for (const read of readBy(as({ role: 'admin' })))
      expect(await read).not.toMatchObject(forbidden);
  });
});

it('adds no service to a cluster in which the caller may not', async () => {
  const inTest = as({ role: 'operator', environments: ['test'] });
  const cart = { service: serviceName('shop/cart') };
  expect(
    await workshop.useCases.putService(aService({ ...cart, clusters: [eu, us] }), inTest),
  ).toMatchObject(forbidden);
  expect(
    await workshop.useCases.putService(aService({ ...cart, clusters: [eu] }), inTest),
  ).toMatchObject(done);
  // It is in live already: moving it out of there is a change there, too.
  expect(
    await workshop.useCases.putService(aService({ service: catalog, clusters: [eu] }), inTest),
  ).toMatchObject(forbidden);
});

it('tells somebody without any role who they are, and nothing else', async () => {
  const nobody = as();
  expect(await workshop.useCases.whoAmI(nobody)).toEqual({
    ok: true,
    value: { actor: 'ana', grants: [] },
  });
  expect(await workshop.useCases.listServices({ limit: 1 }, nobody)).toMatchObject(forbidden);
});

it('lets an admin do everything, and gives each operation to somebody', () => {
  // What comes in by a webhook is let in by its signature, and by no role.
  const { receiveDelivery: _, ...byRole } = operations;
  for (const { roles: allowed } of Object.values(byRole)) {
    expect(allowed).toContain('admin');
    expect(allowed.every((role) => roles.includes(role))).toBe(true);
  }
});
