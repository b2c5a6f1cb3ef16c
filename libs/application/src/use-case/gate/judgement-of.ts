import { allows, roles } from '@spillway/domain-access';
import type { Judgement, Release } from '@spillway/domain-release';
import type { Caller } from '../../access/caller.js';
import { placeOf } from '../../access/where.js';
import { planDigest } from '../../gate/plan-digest.js';
import type { Tx } from '../../port/unit-of-work.js';
import type { JudgeRelease } from '../use-cases.js';
import { authorsOf } from './authors.js';

/** Who judges a release: in which roles they do where it runs, and what they have read of its plan. */
export async function judgementOf(
  tx: Tx,
  release: Release,
  { gate, plan: read }: Pick<JudgeRelease, 'gate' | 'plan'>,
  { actor, grants }: Caller,
): Promise<Judgement> {
  const place = (await placeOf(tx, { kind: 'release', id: release.id })) ?? {};
  return {
    by: actor,
    roles: roles.filter((role) => allows(grants, [role], place)),
    plan: planDigest(release.plan),
    authors: await authorsOf(tx, release),
    ...(read === undefined ? {} : { read }),
    ...(gate === undefined ? {} : { gate }),
  };
}
