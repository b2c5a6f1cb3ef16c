import { fieldsOf, listOf } from '@spillway/domain-istio';
import { coversHost } from './host.js';
import { ofKind, rootNamespace, type LiveEgress, type LiveEgressObject } from './live-egress.js';
import { isOwn } from './own-object.js';

/** The Sidecars that bear on a namespace. Istio takes one for each proxy and merges none (istio §1.5). */
export interface Sidecars {
  /** People's, for the whole namespace, the oldest first: that one decides. */
  readonly theirs: readonly LiveEgressObject[];
  readonly own?: LiveEgressObject;
  /** For some workloads of the namespace, which obey these and no other. */
  readonly selecting: readonly LiveEgressObject[];
  /** For every namespace that has none of its own. */
  readonly root?: LiveEgressObject;
}

export function sidecarsOf(namespace: string, live: Pick<LiveEgress, 'objects'>): Sidecars {
  const all = ofKind(live, 'Sidecar');
  const here = all.filter(({ metadata }) => metadata.namespace === namespace);
  const own = here.find(isOwn);
  const root = oldestFirst(
    all.filter((one) => one.metadata.namespace === rootNamespace && !isSelecting(one)),
  ).at(0);
  return {
    theirs: oldestFirst(here.filter((one) => one !== own && !isSelecting(one))),
    ...(own && { own }),
    selecting: here.filter(isSelecting),
    ...(root && namespace !== rootNamespace && { root }),
  };
}

const isSelecting = ({ spec }: LiveEgressObject): boolean =>
  fieldsOf(spec)['workloadSelector'] !== undefined;

const oldestFirst = (sidecars: readonly LiveEgressObject[]): readonly LiveEgressObject[] =>
  sidecars.toSorted(
    (a, b) =>
      compare(a.metadata.createdAt, b.metadata.createdAt) ||
      compare(a.metadata.name, b.metadata.name),
  );

const compare = (a: string, b: string): number => Number(a > b) - Number(a < b);

/** The one that most workloads of the namespace obey. */
export const decidingSidecar = ({ theirs, own, root }: Sidecars): LiveEgressObject | undefined =>
  theirs[0] ?? own ?? root;

/** `{}` says REGISTRY_ONLY without saying so: it is the enum's first value. Absence leaves it to the mesh. */
export function isRegistryOnly({ spec }: LiveEgressObject): boolean {
  const policy = fieldsOf(spec)['outboundTrafficPolicy'];
  if (policy === undefined || policy === null) return false;
  const mode = fieldsOf(policy)['mode'];
  return mode === undefined || mode === 'REGISTRY_ONLY';
}

/** Whether proxies that obey the Sidecar see hosts of another namespace's, or their own namespace's, objects. */
export function imports(
  sidecar: LiveEgressObject | undefined,
  namespace: string,
  host: { readonly namespace: string; readonly name: string },
): boolean {
  const egress = listOf(fieldsOf(sidecar?.spec)['egress']);
  if (egress.length === 0) return true;
  return egress
    .flatMap((listener) => listOf(fieldsOf(listener)['hosts']))
    .some((text) => typeof text === 'string' && names(text, namespace, host));
}

function names(
  text: string,
  namespace: string,
  host: { readonly namespace: string; readonly name: string },
): boolean {
  const [place = '', pattern = ''] = text.split('/');
  const isThere =
    place === '*' || place === host.namespace || (place === '.' && host.namespace === namespace);
  return isThere && coversHost(pattern, host.name);
}
