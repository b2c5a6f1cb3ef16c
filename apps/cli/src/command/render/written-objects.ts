import {
  applyPatch,
  nextWrite,
  ownershipOf,
  virtualServicePlace,
  type LiveRouting,
  type MeshObject,
  type PatchOperation,
  type Traffic,
} from '@spillway/domain-istio';
import { InvariantBroken, instant } from '@spillway/kernel';
import { UsageError } from '../../usage-error.js';
import { fromFile, liveRouting, toLive } from './live-objects.js';

/** What a cluster holds once it has the traffic. */
export interface Written {
  /** In the order in which they are applied: subsets, then the routes that name them. */
  readonly objects: readonly MeshObject[];
  /** Of an adopted VirtualService. */
  readonly patch: readonly PatchOperation[];
}

/** More writes than make-before-break ever needs. */
const mostWrites = 5;

/**
 * Asks the engine for one write after the other, until nothing is left to do.
 * There is no cluster, so nothing is waited for.
 */
export function writtenObjects(wanted: Traffic, live: readonly MeshObject[]): Written {
  const adopted = adoptedAmong(wanted, live);
  let at: Standing = {
    routing: liveRouting(wanted.service, live),
    written: { objects: adopted === undefined ? [] : [adopted], patch: [] },
  };
  for (let round = 0; round < mostWrites; round += 1) {
    const next = after(wanted, at);
    if (next === undefined) return at.written;
    at = next;
  }
  throw new InvariantBroken(`the routing of ${wanted.service.service} does not come to rest`);
}

interface Standing {
  readonly routing: LiveRouting;
  readonly written: Written;
}

function after(wanted: Traffic, { routing, written }: Standing): Standing | undefined {
  const next = nextWrite(wanted, routing, instant(0), fromFile);
  const { objects } = written;
  switch (next.do) {
    case 'write':
      return {
        routing: withObject(routing, next.object),
        written: { ...written, objects: [...objects, next.object] },
      };
    case 'patch': {
      const object = patched(objects, next.operations);
      const others = objects.filter(({ kind }) => kind !== object.kind);
      return {
        routing: withObject(routing, object),
        written: { objects: [...others, object], patch: next.operations },
      };
    }
    case 'stop':
      throw new UsageError(
        `The release would be held: ${next.because}.`,
        'Correct the objects of --live, the service or the strategy.',
      );
    case 'nothing':
    case 'wait':
    case 'compare':
    case 'remove':
      return undefined;
  }
}

const withObject = (routing: LiveRouting, object: MeshObject): LiveRouting => ({
  ...routing,
  [object.kind === 'VirtualService' ? 'virtualService' : 'destinationRule']: toLive(object),
});

/** With everything that people wrote into the file, whether routing needs it or not. */
function patched(
  objects: readonly MeshObject[],
  operations: readonly PatchOperation[],
): MeshObject {
  const before = objects.find(({ kind }) => kind === 'VirtualService');
  const object = before && applyPatch(before, operations);
  if (object === undefined) throw new InvariantBroken('a patch does not fit what it was made for');
  return object;
}

function adoptedAmong({ service }: Traffic, live: readonly MeshObject[]): MeshObject | undefined {
  const { kind } = ownershipOf(service);
  if (kind === 'replicas') {
    throw new UsageError(
      `Service "${service.service}" is routed by its pods: a release scales Deployments and writes no object.`,
      'Ask a server for the counts with "spillway plan".',
    );
  }
  if (kind !== 'adopted') return undefined;
  const place = virtualServicePlace(service);
  const found = live.find(
    ({ kind: of, metadata }) =>
      of === 'VirtualService' &&
      metadata.name === place.name &&
      metadata.namespace === place.namespace,
  );
  if (found !== undefined) return found;
  throw new UsageError(
    `Service "${service.service}" adopts VirtualService ${place.namespace}/${place.name}, which no file of --live has.`,
    'Write --live FILE with that VirtualService, and with people’s DestinationRules for the host.',
  );
}
