import { freezesIn, isFinal, type OverriddenFreeze, type Release } from '@spillway/domain-release';
import { ok, refusal, refuse, type Refusal } from '@spillway/kernel';
import { freezesNow } from '../../loop/observe-gates.js';
import type { Tx } from '../../port/unit-of-work.js';
import { change } from '../change.js';
import type { UseCaseDeps } from '../deps.js';
import { noteFacts } from '../gate/note-facts.js';
import { notFound } from '../not-found.js';
import type { UseCases } from '../use-cases.js';

/** The windows that are in force now do not count for this release, until each of them ends. The next time they do. */
export const overrideFreeze =
  (deps: UseCaseDeps): UseCases['overrideFreeze'] =>
  (input, caller) =>
    change(deps, { operation: 'overrideFreeze', input, caller }, async (tx) => {
      const release = await tx.releases.lock(input.release);
      if (release === undefined) return refuse(notFound('UNKNOWN_RELEASE', input.release));
      const freezes = await inForce(tx, release);
      if (isFinal(release.phase) || freezes.length === 0) return refuse(notFrozen(release));
      const { actor } = caller;
      const windows = freezes.map(({ window }) => `"${window}"`).join(', ');
      const because = `freeze ${windows} overridden by ${actor}: ${input.reason}`;
      const fact = { type: 'freezeOverridden', freezes } as const;
      const next = await noteFacts(tx, release, [fact], { because, actor });
      return ok({ value: next, subject: `release ${release.id}`, before: release, after: next });
    });

async function inForce(tx: Tx, release: Release): Promise<readonly OverriddenFreeze[]> {
  const names = release.plan.waves.flat();
  const clusters = await tx.clusters.getAll(names);
  const freezes = freezesNow(await tx.freezeWindows.all(), release, clusters, tx.now);
  const counting = freezesIn(
    release,
    { clusters: new Map(), measurements: [], freezes },
    names,
    tx.now,
  );
  return counting.map(({ window, until }) => ({
    window,
    ...(until === undefined ? {} : { until }),
  }));
}

const notFrozen = ({ id, phase, because }: Release): Refusal =>
  refusal(
    'NOT_FROZEN',
    `No freeze window that is in force now holds release ${id}, which is ${phase} (${because}).`,
    'There is nothing to override; ask again when a window holds it.',
  );
