import type { StrategyDraft } from '@spillway/domain-release';
import { refusal, type Refusal } from '@spillway/kernel';
import { refuseUrl } from '../outgoing/refuse-url.js';
import type { Tx } from '../port/unit-of-work.js';
import { notFound } from './not-found.js';

/** A hook that cannot be called whoever listens there, or whose secret there is not. */
export async function refuseHooks(
  tx: Tx,
  { hooks = [] }: StrategyDraft,
): Promise<Refusal | undefined> {
  for (const [i, { name, url }] of hooks.entries()) {
    const wrong = refuseUrl(url);
    if (wrong === undefined) continue;
    return refusal(
      'INVALID_STRATEGY',
      `The address of hook "${name}" ${wrong}.`,
      'Write it as in "https://gate.example/check"; credentials belong into a secret.',
      `hooks[${i}].url`,
    );
  }
  return refuseSecrets(tx, hooks);
}

async function refuseSecrets(
  tx: Tx,
  hooks: NonNullable<StrategyDraft['hooks']>,
): Promise<Refusal | undefined> {
  const wanted = hooks.flatMap(({ secret }) => secret ?? []);
  if (wanted.length === 0) return undefined;
  const known = new Set((await tx.secrets.getAll(wanted)).map(({ name }) => name));
  const i = hooks.findIndex(({ secret }) => secret !== undefined && !known.has(secret));
  const missing = hooks[i]?.secret;
  return missing === undefined
    ? undefined
    : { ...notFound('UNKNOWN_SECRET', missing), field: `hooks[${i}].secret` };
}
