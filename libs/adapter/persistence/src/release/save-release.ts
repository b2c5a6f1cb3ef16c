import { isFinal, type Release, type ReleaseEvent } from '@spillway/domain-release';
import { InvariantBroken, StaleWrite, type Instant } from '@spillway/kernel';
import type { EntityManager } from 'typeorm';
import { chain, noHash } from '../event-chain.js';
import { EventRow } from './history-rows.js';
import { toRolloutRows, toRow } from './release-mapping.js';
import { ReleaseRow } from './release-rows.js';
import { notifySql, saveRolloutsSql } from './release-sql.js';
import { saveSteps } from './save-steps.js';

/** Release row first: its lock, or its unique key, makes others who save it wait. */
export async function saveRelease(
  manager: EntityManager,
  next: Release,
  events: readonly ReleaseEvent[],
  now: Instant,
): Promise<void> {
  if (events.length === 0) throw new InvariantBroken(`save of ${next.id} without an event`);
  const expected = next.revision - events.length;
  const before = await lockAt(manager, next, expected);
  const hashes = chain(before?.headHash ?? noHash, events);
  const state = { ...toRow(next), headHash: hashes.at(-1) ?? noHash, changedAt: now };

  if (before === undefined) await insertFirst(manager, state, expected);
  else await manager.update(ReleaseRow, { id: next.id }, state);

  const ends = isFinal(next.phase) && before !== undefined && !isFinal(before.phase);
  const rollouts = JSON.stringify(toRolloutRows(next));
  await manager.query(saveRolloutsSql, [next.id, rollouts, ends]);
  await manager.insert(EventRow, eventRows(next, events, hashes));
  await saveSteps(manager, next.id, events);
  await manager.query(notifySql, [next.id]);
}

/** The stored row, locked, if it is at the expected revision; `undefined` where a first save is expected. */
async function lockAt(
  manager: EntityManager,
  { id }: Release,
  expected: number,
): Promise<Pick<ReleaseRow, 'phase' | 'headHash'> | undefined> {
  if (expected <= 0) return undefined;
  const [before] = await manager.find(ReleaseRow, {
    select: { id: true, revision: true, phase: true, headHash: true },
    where: { id },
    lock: { mode: 'for_no_key_update' },
  });
  if (before?.revision !== expected) throw new StaleWrite(id, expected);
  return before;
}

async function insertFirst(
  manager: EntityManager,
  state: Omit<ReleaseRow, 'rollouts'>,
  expected: number,
): Promise<void> {
  const { id } = state;
  if (expected !== 0 || (await manager.existsBy(ReleaseRow, { id }))) {
    throw new StaleWrite(id, expected);
  }
  await manager.insert(ReleaseRow, state);
}

const eventRows = (
  release: Release,
  events: readonly ReleaseEvent[],
  hashes: readonly string[],
): EventRow[] =>
  events.map((event, index) => ({
    release: release.id,
    sequence: release.revision - events.length + index + 1,
    type: event.type,
    event,
    hash: hashes[index] ?? noHash,
  }));
