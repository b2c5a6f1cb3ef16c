import type { PatchOperation, Write } from '@spillway/domain-istio';
import type { ClusterLink } from '../port/cluster-link.js';
import type { RehearsedWrite } from './rehearse.js';

/**
 * The first refusal of the cluster's API server: schema, rules and every webhook
 * are asked as for a real write, and nothing is stored. `undefined`: none.
 *
 * Patches build on each other, so each is asked together with those before it.
 */
export async function dryRun(
  link: ClusterLink,
  writes: readonly RehearsedWrite[],
): Promise<string | undefined> {
  const before = new Map<string, readonly PatchOperation[]>();
  for (const { write, when } of writes) {
    if (write.do === 'remove') continue;
    const outcome = await link.dryRun(write.do === 'patch' ? since(write, before) : write);
    if (outcome.kind === 'refused') return `${when}: ${outcome.reason}`;
    if (outcome.kind === 'unreachable') return `${when}: no answer (${outcome.reason})`;
  }
  return undefined;
}

type Patch = Extract<Write, { do: 'patch' }>;

function since(write: Patch, before: Map<string, readonly PatchOperation[]>): Patch {
  const { kind, place } = write;
  const key = `${kind} ${place.namespace}/${place.name}`;
  const operations = [...(before.get(key) ?? []), ...write.operations];
  before.set(key, operations);
  return { ...write, operations };
}
