import type { DataSource, EntityManager } from 'typeorm';
import { toCluster, toRow } from './cluster/cluster-mapping.js';
import { ClusterRow } from './cluster/cluster-row.js';
import type { Sealer } from './sealer.js';
import { SecretRow } from './secret/secret-row.js';
import { placeOf } from './secret/typeorm-secret-store.js';

/** How many were sealed anew. */
export interface Resealed {
  readonly clusters: number;
  readonly secrets: number;
}

/** Answers are kept for a day: what the old key has sealed is forgotten a little earlier. */
const forgetAnswersSql = `
  delete from idempotency_keys where answer is not null and answer not like $1`;

/**
 * Opens whatever another key has sealed, and seals it with the present one. May be broken off
 * and begun anew: each record is a transaction of its own, and one that is done is not touched.
 */
export async function reseal(source: DataSource, sealer: Sealer): Promise<Resealed> {
  const clusters = await source.getRepository(ClusterRow).find({ select: { name: true } });
  const secrets = await source.getRepository(SecretRow).find({ select: { name: true } });
  let resealed: Resealed = { clusters: 0, secrets: 0 };
  for (const { name } of clusters) {
    const done = await source.transaction((manager) => resealCluster(manager, name, sealer));
    resealed = { ...resealed, clusters: resealed.clusters + Number(done) };
  }
  for (const { name } of secrets) {
    const done = await source.transaction((manager) => resealSecret(manager, name, sealer));
    resealed = { ...resealed, secrets: resealed.secrets + Number(done) };
  }
  await source.query(forgetAnswersSql, [`${sealer.keyId}.%`]);
  return resealed;
}

const locked = { mode: 'pessimistic_write' } as const;

async function resealSecret(
  manager: EntityManager,
  name: string,
  sealer: Sealer,
): Promise<boolean> {
  const row = await manager.findOne(SecretRow, { where: { name }, lock: locked });
  if (row === null || row.sealed.startsWith(`${sealer.keyId}.`)) return false;
  const sealed = sealer.seal(sealer.open(row.sealed, placeOf(name)), placeOf(name));
  await manager.update(SecretRow, { name }, { sealed });
  return true;
}

/** When it was last put stays as it was: its connection is the same, and need not be made anew. */
async function resealCluster(
  manager: EntityManager,
  name: string,
  sealer: Sealer,
): Promise<boolean> {
  const row = await manager.findOne(ClusterRow, { where: { name }, lock: locked });
  const stored = JSON.stringify([row?.connection, row?.metrics]);
  const seals = [...stored.matchAll(/"sealed\w+":"(\w+)\./g)].map(([, keyId]) => keyId);
  if (row === null || seals.every((keyId) => keyId === sealer.keyId)) return false;
  const { connection, metrics } = toRow(toCluster(row, sealer), sealer);
  await manager.update(ClusterRow, { name }, { connection, metrics });
  return true;
}
