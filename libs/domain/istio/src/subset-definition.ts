import type { Version } from '@spillway/kernel';
import { claims, hostKey } from './claim.js';
import type { LiveObject } from './istio-object.js';
import type { LiveRouting } from './live-routing.js';
import { fieldsOf, listOf, textsOf } from './spec-fields.js';
import type { MeshService, Traffic } from './traffic.js';

type About = Pick<Traffic, 'service' | 'stable' | 'candidate'>;

/** People's DestinationRules whose subsets add up with ours: same host, same namespace (istio §3.5). */
export const rulesBeside = (
  { service }: Pick<Traffic, 'service'>,
  { foreign }: LiveRouting,
): readonly LiveObject[] =>
  foreign.filter((object) => isBeside(object, service) && isForEverybody(object));

const isBeside = (object: LiveObject, service: MeshService): boolean =>
  object.kind === 'DestinationRule' &&
  object.metadata.namespace === service.service.split('/')[0] &&
  claims(object, service);

/** Rules that differ in who sees them are not merged, and one for some workloads hides the others from them. */
function isForEverybody({ spec }: LiveObject): boolean {
  const { exportTo, workloadSelector } = fieldsOf(spec);
  const isPublic = textsOf(exportTo).every((to) => to === '*');
  return isPublic && workloadSelector === undefined;
}

/** The versions that people's rules define already, in our sense of them. */
export const definedBeside = (about: About, live: LiveRouting): readonly Version[] =>
  versionsOf(about).filter((version) =>
    subsetsBeside(about, live).some(
      ({ name, labels }) => name === version && isVersion(about.service, labels, version),
    ),
  );

/** Whether proxies know the version: from people's rules, or from ours as it is now. */
export const isDefined = (version: Version, about: About, live: LiveRouting): boolean =>
  definedBeside(about, live).includes(version) ||
  (live.destinationRule !== undefined &&
    subsetsIn(live.destinationRule).some(
      ({ name, labels }) => name === version && isVersion(about.service, labels, version),
    ));

/** A subset of people's that has a version's name and selects other pods. Of two with one name the oldest wins. */
export function collision(about: About, live: LiveRouting): string | undefined {
  // A version that is a Service is no subset.
  if (about.service.versionHost !== undefined) return undefined;
  for (const { name, labels, rule } of subsetsBeside(about, live)) {
    const version = versionsOf(about).find((one) => one === name);
    if (version === undefined || isVersion(about.service, labels, version)) continue;
    const { metadata } = rule;
    return `DestinationRule ${metadata.namespace}/${metadata.name} defines subset ${version} with other labels: ${JSON.stringify(labels)}`;
  }
  return undefined;
}

interface Beside {
  readonly rule: LiveObject;
  readonly name: unknown;
  readonly labels: Readonly<Record<string, unknown>>;
}

const subsetsBeside = (about: About, live: LiveRouting): readonly Beside[] =>
  rulesBeside(about, live).flatMap(subsetsIn);

const subsetsIn = (rule: LiveObject): readonly Beside[] =>
  listOf(fieldsOf(rule.spec)['subsets'])
    .map(fieldsOf)
    .map(({ name, labels }) => ({ rule, name, labels: fieldsOf(labels) }));

const isVersion = (
  { versionLabel }: MeshService,
  labels: Readonly<Record<string, unknown>>,
  version: Version,
): boolean => labels[versionLabel] === version;

const versionsOf = ({ stable, candidate }: About): readonly Version[] => [stable, candidate];

/** The service's subsets that a VirtualService names, wherever it does. */
export function namedSubsets(
  service: MeshService,
  virtualService: LiveObject | undefined,
): readonly string[] {
  if (virtualService === undefined) return [];
  const { spec, metadata } = virtualService;
  const { http, tls, tcp } = fieldsOf(spec);
  const routes = [http, tls, tcp].flatMap(listOf).map(fieldsOf);
  const destinations = routes.flatMap(({ route, mirror, mirrors }) => [
    ...[...listOf(route), ...listOf(mirrors)].map((entry) => fieldsOf(entry)['destination']),
    mirror,
  ]);
  const own = hostKey(service.host, metadata.namespace);
  return destinations.map(fieldsOf).flatMap(({ host, subset }) => {
    const isOwn = typeof host === 'string' && hostKey(host, metadata.namespace) === own;
    return isOwn && typeof subset === 'string' ? [subset] : [];
  });
}
