import { aCaller } from '@spillway/application/testing';
import type { StoredEvent } from '@spillway/application';
import { eventHash, noHash } from '@spillway/application/testing';
import type { ControlPlane } from '@spillway/control-plane';
import { replay, type Release } from '@spillway/domain-release';
import { releaseId } from '@spillway/kernel';
import { expect } from '@jest/globals';

/** The release and its whole history, straight from the use cases. */
export async function historyOf(
  { engine }: ControlPlane,
  id: string,
): Promise<{ readonly release: Release; readonly events: readonly StoredEvent[] }> {
  const release = await engine.useCases.getRelease(releaseId(id), aCaller());
  const events = await engine.useCases.listEvents(
    releaseId(id),
    { after: 0, limit: 1_000 },
    aCaller(),
  );
  if (!release.ok || !events.ok) throw new Error(`there is no release ${id}`);
  return { release: release.value, events: events.value };
}

/** Numbered without a gap, chained by hashes, and folding to the state that is stored. */
export async function expectSoundHistory(
  controlPlane: ControlPlane,
  id: string,
): Promise<readonly string[]> {
  const { release, events } = await historyOf(controlPlane, id);
  expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, index) => index + 1));
  let previous = noHash;
  for (const { event, hash } of events) {
    expect(hash).toBe(eventHash(previous, event));
    previous = hash;
  }
  expect(replay(events.map(({ event }) => event))).toEqual(release);
  const generations = events.flatMap(({ event }) =>
    'traffic' in event ? [event.traffic.generation] : [],
  );
  expect(generations).toEqual([...new Set(generations)].sort((a, b) => a - b));
  return events.map(({ event }) => event.type);
}
