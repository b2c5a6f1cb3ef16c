import { expect, it } from '@jest/globals';
import { clusterName, instant, type ClusterName } from '@spillway/kernel';
import type { ClusterRecord } from '../port/cluster-store.js';
import { aCluster } from '../testing/index.js';
import { Connections } from './connections.js';

const record = (name: ClusterName, updatedAt = 1): ClusterRecord => ({
  ...aCluster({ name }),
  createdAt: instant(0),
  updatedAt: instant(updatedAt),
});
const eu = record(clusterName('eu'));
const us = record(clusterName('us'));

class Link {
  isClosed = false;
  constructor(readonly of: ClusterName) {}
  close(): Promise<void> {
    this.isClosed = true;
    return Promise.resolve();
  }
}
const connections = () => new Connections(({ name }) => new Link(name));

it('connects when it is first asked, and keeps that one', () => {
  const links = connections();
  expect(links.find(eu.name)).toBeUndefined();
  const link = links.to(eu);
  expect(links.to(eu)).toBe(link);
  expect(links.find(eu.name)).toBe(link);
  expect(links.to(us)).not.toBe(link);
});

it('connects anew when the record has changed, and closes the old one', () => {
  const links = connections();
  const old = links.to(eu);
  const link = links.to(record(eu.name, 2));
  expect(link).not.toBe(old);
  expect(old.isClosed).toBe(true);
  expect(link.isClosed).toBe(false);
});

it('is not turned back by one who read the record before it changed', () => {
  const links = connections();
  const link = links.to(record(eu.name, 2));
  expect(links.to(record(eu.name, 1))).toBe(link);
  expect(link.isClosed).toBe(false);
});

it('forgets one cluster, and leaves the others open', async () => {
  const links = connections();
  const [gone, kept] = [links.to(eu), links.to(us)];
  await links.forget(eu.name);
  await links.forget(clusterName('mars'));
  expect([gone.isClosed, kept.isClosed]).toEqual([true, false]);
  expect(links.to(eu)).not.toBe(gone);
});

it('closes all of them at the end', async () => {
  const links = connections();
  const all = [links.to(eu), links.to(us)];
  await links.close();
  expect(all.map(({ isClosed }) => isClosed)).toEqual([true, true]);
  expect(links.find(eu.name)).toBeUndefined();
});
