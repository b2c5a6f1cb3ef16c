import { expect, it } from '@jest/globals';
import type { Release } from '@spillway/domain-release';
import { aMoment } from '@spillway/domain-release/testing';
import { after, serviceName } from '@spillway/kernel';
import type { Harness } from './harness.js';
import { fresh } from './fresh.js';
import { catalog, putSurroundings, saveFirst, someRelease } from './sample.js';

const cart = serviceName('shop/cart');
const search = serviceName('shop/search');
const place = { gate: 'prod', wave: 0 };
const waiting = (overrides: Partial<Release> = {}): Release =>
  someRelease({
    phase: 'awaitingApproval',
    awaiting: { ...place, since: aMoment, from: 'progressing' },
    ...overrides,
  });

export function releaseGatesContract(make: () => Promise<Harness>): void {
  const fill = fresh(make);
  const start = async (...releases: readonly Release[]) => {
    const { uow } = await fill();
    await uow.run(async (tx) => {
      await putSurroundings(tx, [catalog, cart, search]);
      for (const release of releases) await saveFirst(tx, release);
    });
    return uow;
  };

  it('keeps what a release waits for, who approved it and what was overridden', async () => {
    const release = waiting({
      approvals: [
        {
          ...place,
          by: 'ben',
          roles: ['approver'],
          at: aMoment,
          plan: 'a',
          until: after(aMoment, 1),
        },
      ],
      passedGates: [{ ...place, at: aMoment, plan: 'a' }],
      overriddenFreezes: [{ window: 'weekend', until: aMoment }, { window: 'always' }],
    });
    const uow = await start(release);
    expect(await uow.run((tx) => tx.releases.get(release.id))).toEqual(release);
  });

  it('knows which releases wait at a gate, the oldest first, also where they are held', async () => {
    const reason = { kind: 'frozen', windows: ['now'], clusters: [], detail: '' } as const;
    const held = waiting({
      service: cart,
      phase: 'held',
      held: { from: 'awaitingApproval', reason, since: aMoment },
      createdAt: after(aMoment, 1),
    });
    const young = waiting({ createdAt: after(aMoment, 2) });
    const ended = waiting({ service: search, phase: 'cancelled', endedAt: aMoment });
    const other = someRelease({ service: search });
    const uow = await start(young, ended, held, other);
    const found = await uow.run((tx) => tx.releases.awaitingApproval());
    expect(found.map(({ id }) => id)).toEqual([held.id, young.id]);
  });
}
