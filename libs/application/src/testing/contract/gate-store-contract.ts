import { expect, it } from '@jest/globals';
import { serviceName } from '@spillway/kernel';
import type { GateRecord } from '../../port/gate-store.js';
import type { Harness } from './harness.js';
import { fresh } from './fresh.js';
import { putSurroundings } from './sample.js';

const catalog = serviceName('shop/catalog');
const cart = serviceName('shop/cart');
const open: Omit<GateRecord, 'at'> = {
  service: catalog,
  gate: 'load',
  state: 'open',
  actor: 'anna',
  comment: 'the load test has passed',
};

/** What every `GateStore` promises. */
export function gateStoreContract(make: () => Promise<Harness>): void {
  const fill = fresh(make);
  const start = async () => {
    const { uow } = await fill();
    await uow.run((tx) => putSurroundings(tx, [catalog, cart]));
    return { uow };
  };

  it('gives back a gate with the moment at which it was put', async () => {
    const { uow } = await start();
    const [put, now] = await uow.run(async (tx) => [await tx.gates.put(open), tx.now] as const);
    expect(put).toEqual({ ...open, at: now });
    expect(await uow.run((tx) => tx.gates.get(catalog, 'load'))).toEqual(put);
  });

  it('keeps what was said last', async () => {
    const { uow } = await start();
    await uow.run((tx) => tx.gates.put(open));
    await uow.run((tx) => tx.gates.put({ ...open, state: 'closed', actor: 'ben', comment: '' }));
    expect(await uow.run((tx) => tx.gates.ofService(catalog))).toMatchObject([
      { state: 'closed', actor: 'ben', comment: '' },
    ]);
  });

  it('knows the gates of each service, in the order of their names', async () => {
    const { uow } = await start();
    await uow.run(async (tx) => {
      for (const gate of ['b', 'a']) await tx.gates.put({ ...open, gate });
      await tx.gates.put({ ...open, service: cart });
    });
    const gates = await uow.run((tx) => tx.gates.ofService(catalog));
    expect(gates.map(({ gate }) => gate)).toEqual(['a', 'b']);
    expect(await uow.run((tx) => tx.gates.get(cart, 'a'))).toBeUndefined();
  });
}
