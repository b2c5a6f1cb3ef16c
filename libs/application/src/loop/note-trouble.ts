import {
  evolve,
  isFinal,
  loopActor,
  type Release,
  type ReleaseFact,
  type Rollout,
} from '@spillway/domain-release';
import type { LoopDeps } from './deps.js';
import { queueTold } from './hook/queue-hooks.js';
import { saveRelease } from './announce.js';

/** A write that is in trouble. */
interface Troubled {
  readonly release: Release;
  readonly rollout: Rollout;
}

/** The same refusal again is no news. */
export function noteRefusal(deps: LoopDeps, troubled: Troubled, detail: string): Promise<void> {
  const { cluster, desired } = troubled.rollout;
  const because = `${cluster} refused the routing: ${detail}`;
  const fact = { type: 'writeRefused', cluster, generation: desired.generation, detail } as const;
  return note(deps, troubled, { ...fact, because }, ({ refused }) => refused !== detail);
}

/** Somebody who changes back what is written as soon as it is: people have to say who gives in, but never on the way back. */
export function noteFight(deps: LoopDeps, troubled: Troubled, drift: string): Promise<void> {
  const { cluster, desired } = troubled.rollout;
  const detail = `the routing in ${cluster} is changed back as soon as it is written: ${drift}`;
  const fact = { type: 'driftFound', cluster, generation: desired.generation, detail } as const;
  const isNews = ({ drifted }: Rollout, { phase }: Release) =>
    drifted === undefined && phase !== 'rollingBack';
  return note(deps, troubled, { ...fact, because: detail }, isNews);
}

/** Of a release that is still about what was to be written. */
async function note(
  { unitOfWork }: LoopDeps,
  { release: { id }, rollout: { cluster, desired } }: Troubled,
  fact: ReleaseFact & { readonly because: string },
  isNews: (current: Rollout, release: Release) => boolean,
): Promise<void> {
  await unitOfWork.run(async (tx) => {
    const release = await tx.releases.lock(id);
    const current = release?.rollouts.find((one) => one.cluster === cluster);
    if (release === undefined || current === undefined || isFinal(release.phase)) return;
    if (current.desired.generation !== desired.generation || !isNews(current, release)) return;
    const event = { ...fact, actor: loopActor, at: tx.now };
    await saveRelease(tx, evolve(release, event), [event]);
    await queueTold(tx, release);
  });
}
