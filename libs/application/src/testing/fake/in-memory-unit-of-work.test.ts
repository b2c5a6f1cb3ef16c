import { expect, it } from '@jest/globals';
import { aMoment } from '@spillway/domain-release/testing';
import { after } from '@spillway/kernel';
import type { Tx } from '../../port/unit-of-work.js';
import { aCluster, eu } from '../contract/index.js';
import { createInMemoryUnitOfWork } from './in-memory-unit-of-work.js';
import { VirtualClock } from './virtual-clock.js';

const start = () => {
  const clock = new VirtualClock(aMoment);
  return { clock, uow: createInMemoryUnitOfWork({ clock }) };
};

it('tells the time of its clock', async () => {
  const { clock, uow } = start();
  await clock.advanceTo(after(aMoment, 5));
  expect(await uow.run((tx) => Promise.resolve(tx.now))).toBe(after(aMoment, 5));
});

it('refuses a transaction inside another one, which would wait for ever', async () => {
  const { uow } = start();
  const nested = uow.run(() => uow.run(() => Promise.resolve()));
  await expect(nested).rejects.toMatchObject({ code: 'INVARIANT_BROKEN' });
});

it('refuses a store that is used after its transaction', async () => {
  const { uow } = start();
  const leaked: Tx[] = [];
  await uow.run((tx) => Promise.resolve(leaked.push(tx)));
  expect(() => leaked[0]?.clusters.put(aCluster())).toThrow('after its transaction had ended');
});

it('keeps what it stores from being changed by who gave it or got it', async () => {
  const { uow } = start();
  const labels: Record<string, string> = { region: 'eu' };
  const put = await uow.run((tx) => tx.clusters.put(aCluster({ labels })));
  labels['region'] = 'us';
  expect(() => Object.assign(put.labels, { region: 'us' })).toThrow(TypeError);
  expect(await uow.run((tx) => tx.clusters.get(eu))).toMatchObject({ labels: { region: 'eu' } });
});
