import {
  applyPatch,
  fieldsOf,
  isSameJson,
  type IstioObject,
  type LiveObject,
  type LiveRouting,
  type LiveDeployment,
  type Write,
} from '@spillway/domain-istio';
import { InvariantBroken, type Instant } from '@spillway/kernel';

/** As much of an object as a plan shows. */
export interface PlannedObject {
  readonly kind: string;
  readonly metadata: Pick<LiveObject['metadata'], 'namespace' | 'name' | 'labels' | 'annotations'>;
  readonly spec: unknown;
}

/** The object that a write concerns, as it was and as it will be. */
export interface WrittenObject {
  readonly before?: PlannedObject;
  readonly after?: PlannedObject;
}

/**
 * What an API server makes of a write, as far as routing is concerned: people's
 * fields beside ours stay, lists are replaced whole (istio §4.2).
 */
export function objectsOf(write: Write, live: LiveRouting): WrittenObject {
  if (write.do === 'patch' && write.kind === 'Deployment') return scaled(write, live);
  return written(write, live);
}

interface Written {
  readonly before?: LiveObject;
  readonly after?: LiveObject;
}

function written(write: Write, live: LiveRouting): Written {
  const before = kindOf(write) === 'VirtualService' ? live.virtualService : live.destinationRule;
  const known = before === undefined ? {} : { before };
  switch (write.do) {
    case 'write':
      return { ...known, after: merged(write.object, before) };
    case 'patch':
      return { ...known, after: patched(write, before) };
    case 'remove':
      return known;
  }
}

/** The routing after a write that the cluster took at `now`. */
export function afterWrite(write: Write, live: LiveRouting, now: Instant): LiveRouting {
  if (write.do === 'patch' && write.kind === 'Deployment') return afterScale(write, live);
  const { before, after } = written(write, live);
  if (kindOf(write) === 'DestinationRule') {
    const { destinationRule: _rule, destinationRuleSince: _since, ...rest } = live;
    return after === undefined
      ? rest
      : { ...rest, destinationRule: after, destinationRuleSince: now };
  }
  if (after === undefined) throw new InvariantBroken('no write removes a VirtualService');
  const isSameSpec = before !== undefined && isSameJson(before.spec, after.spec);
  return { ...live, virtualService: after, ...(isSameSpec ? {} : { virtualServiceSince: now }) };
}

const kindOf = (write: Write) => (write.do === 'write' ? write.object.kind : write.kind);

function merged(object: IstioObject, before: LiveObject | undefined): LiveObject {
  const { kind, metadata, spec } = object;
  return {
    kind,
    metadata: {
      ...metadata,
      labels: { ...before?.metadata.labels, ...metadata.labels },
      annotations: { ...before?.metadata.annotations, ...metadata.annotations },
      resourceVersion: nextVersion(before),
      managers: before?.metadata.managers ?? [],
    },
    spec: { ...fieldsOf(before?.spec), ...spec },
  };
}

function patched(
  { operations, place }: Extract<Write, { do: 'patch' }>,
  before: LiveObject | undefined,
): LiveObject {
  const after = before === undefined ? undefined : applyPatch(before, operations);
  if (after === undefined) throw new InvariantBroken(`a patch does not fit ${place.name}`);
  const { metadata } = after as { readonly metadata: Partial<LiveObject['metadata']> };
  return {
    ...after,
    metadata: {
      ...after.metadata,
      // Where the patch removed the last one, it removed the map.
      annotations: metadata.annotations ?? {},
      resourceVersion: nextVersion(before),
    },
  };
}

type Patch = Extract<Write, { do: 'patch' }>;

const isNamed =
  ({ place }: Patch) =>
  ([, { name }]: readonly [unknown, LiveDeployment]) =>
    name === place.name;

/** A Deployment is known by its counts only. */
function scaled(write: Patch, { deployments = new Map() }: LiveRouting): WrittenObject {
  const [, found] = [...deployments].find(isNamed(write)) ?? [];
  if (found === undefined) return {};
  const metadata = { ...write.place, labels: {}, annotations: {} };
  const before = { kind: 'Deployment', metadata, spec: { replicas: found.replicas } };
  const after = applyPatch(before, write.operations);
  return after === undefined ? { before } : { before, after };
}

function afterScale(write: Patch, live: LiveRouting): LiveRouting {
  const { replicas } = fieldsOf(scaled(write, live).after?.spec);
  const deployments = [...(live.deployments ?? [])].map((entry) => {
    const [version, deployment] = entry;
    if (!isNamed(write)(entry)) return entry;
    const count = Number(replicas);
    return [version, { ...deployment, replicas: count, ready: count }] as const;
  });
  return { ...live, deployments: new Map(deployments) };
}

const nextVersion = (before: LiveObject | undefined): string =>
  `${before?.metadata.resourceVersion ?? ''}+`;
