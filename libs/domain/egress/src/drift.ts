import { sidecarsOf } from './deciding-sidecar.js';
import { entriesToRemove, entriesToWrite } from './entry-writes.js';
import type { EgressWrite } from './egress-write.js';
import { ofKind, type EgressPlace, type LiveEgress } from './live-egress.js';
import type { WantedEgress } from './policy.js';
import { closeWrites, openWrites } from './sidecar-writes.js';

/** How a cluster differs from the policy that was applied to it, and who did that; empty when it does not. */
export function egressDrift(wanted: WantedEgress, live: LiveEgress): readonly string[] {
  const sidecars = sidecarsOf(wanted.namespace, live);
  const ofSidecar =
    wanted.mode === 'enforce' ? closeWrites(wanted.namespace, sidecars) : openWrites(sidecars);
  const writes = [...entriesToWrite(wanted, live), ...ofSidecar, ...entriesToRemove(wanted, live)];
  return writes.map((write) => describe(write, live));
}

function describe(write: EgressWrite, live: LiveEgress): string {
  const place = write.do === 'apply' ? placeOfObject(write.object) : write.place;
  const known = ofKind(live, place.kind).find(
    ({ metadata }) => metadata.namespace === place.namespace && metadata.name === place.name,
  );
  const name = `${place.kind} ${place.namespace}/${place.name}`;
  if (known === undefined) return `${name} is missing`;
  if (write.do === 'remove') return `${name} should not be there`;
  const by = known.metadata.managers[0];
  return by === undefined
    ? `${name} is not as applied`
    : `${name} is not as applied; ${by.name} wrote it at ${by.at}`;
}

const placeOfObject = ({
  kind,
  metadata: { namespace, name },
}: Extract<EgressWrite, { do: 'apply' }>['object']): EgressPlace => ({ kind, namespace, name });
