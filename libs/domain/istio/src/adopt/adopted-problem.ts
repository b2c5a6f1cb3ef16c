import { NOTHING } from '@spillway/kernel';
import { savedByOther } from './adopted-original.js';
import { called } from './adopted-section.js';
import { namesGiven, type Sight } from './adopted-sight.js';
import { withSplit } from './adopted-split.js';
import { entriesOf, versionsAt, weightsOf } from './adopted-version.js';
import type { LiveObject } from '../istio-object.js';
import { fieldsOf, type Fields } from '../spec-fields.js';
import { stickyOf } from '../render/sticky.js';
import type { Traffic } from '../traffic.js';

/** Why people's VirtualService cannot be given the wanted traffic, in a sentence. */
export function adoptionProblem(
  { saved, sections }: Sight,
  wanted: Traffic,
  live: LiveObject,
): string | undefined {
  const { namespace, name } = live.metadata;
  const what = `VirtualService ${namespace}/${name}`;
  const other = savedByOther(saved, wanted.service);
  if (other !== undefined) return `a release of ${other.service} is changing ${what}`;
  const none = noneGiven({ sections }, wanted, live);
  if (none !== undefined) return none;
  const given = sections.map((section) => ({
    section: section.name,
    routes: section.theirs.filter((one) => one.given).map(({ route }) => route),
  }));
  const because = givenProblem(
    given.flatMap(({ routes }) => routes),
    wanted,
  );
  if (because !== undefined) return `${what} ${because}`;
  if (sections.some(({ isAmbiguous }) => isAmbiguous)) {
    return `${what} has other routes to ${wanted.stable} than when the release began`;
  }
  const http = given.find(({ section }) => section === 'http')?.routes ?? [];
  if (http.length === 0 && asksForRequests(wanted)) {
    return `${what} routes connections to ${wanted.stable}: these have no headers to match, no cookies and no copies`;
  }
  return firstProblem(
    given.flatMap(({ routes }) => routes),
    (route) => routeProblem(route, wanted, namespace),
  );
}

/** None of its routes goes to stable, or none that Spillway was given does. */
export function noneGiven(
  { sections }: Pick<Sight, 'sections'>,
  { stable, service: { host } }: Traffic,
  { metadata: { namespace, name } }: LiveObject,
): string | undefined {
  if (sections.some(({ theirs }) => theirs.some(({ given }) => given))) return undefined;
  return `VirtualService ${namespace}/${name} has no route to ${stable} of ${host} that Spillway was given`;
}

function givenProblem(given: readonly Fields[], wanted: Traffic): string | undefined {
  const { host } = wanted.service;
  const missing = namesGiven(wanted)?.find((name) =>
    given.every((route) => route['name'] !== name),
  );
  return missing === undefined
    ? undefined
    : `has no route "${missing}" to ${wanted.stable} of ${host}`;
}

const asksForRequests = (traffic: Traffic): boolean =>
  (traffic.exposure.routes ?? []).length > 0 ||
  traffic.exposure.mirror !== undefined ||
  stickyOf(traffic) !== undefined;

function firstProblem(
  routes: readonly Fields[],
  of: (route: Fields) => string | undefined,
): string | undefined {
  for (const route of routes) {
    const because = of(route);
    if (because !== undefined) return because;
  }
  return undefined;
}

const routeProblem = (route: Fields, traffic: Traffic, namespace: string): string | undefined =>
  traffic.exposure.weight > NOTHING
    ? splitProblem(route, traffic, namespace)
    : mirrorProblem(route, traffic, namespace);

function splitProblem(route: Fields, traffic: Traffic, namespace: string): string | undefined {
  const is = versionsAt(traffic, namespace);
  const entries = entriesOf(route);
  const { stable, candidate } = traffic;
  if (entries.filter(is.stable).length > 1) return `${called(route)} goes to ${stable} twice`;
  if (entries.filter(is.candidate).length > 1) return `${called(route)} goes to ${candidate} twice`;
  if (stickyOf(traffic) !== undefined && entries.some((one) => setsCookie(one))) {
    return `${called(route)} sets a cookie of its own, and has no room for another`;
  }
  const weights = weightsOf(entriesOf(withSplit(route, traffic, namespace)));
  return weights.some((weight) => weight > largestWeight)
    ? `the weights of ${called(route)} are too large to be split exactly`
    : undefined;
}

/** Weights are int32 (istio §1.3). */
const largestWeight = 2 ** 31 - 1;

function setsCookie({ headers }: Fields): boolean {
  const { add, set } = fieldsOf(fieldsOf(headers)['response']);
  const names = [...Object.keys(fieldsOf(add)), ...Object.keys(fieldsOf(set))];
  return names.some((name) => name.toLowerCase() === 'set-cookie');
}

/** The candidate must not get a request and a copy of it. */
function mirrorProblem(route: Fields, traffic: Traffic, namespace: string): string | undefined {
  const is = versionsAt(traffic, namespace);
  const entries = entriesOf(route);
  const weights = weightsOf(entries);
  const answers = entries.some((entry, i) => is.candidate(entry) && (weights[i] ?? 0) > 0);
  if (traffic.exposure.mirror === undefined || !answers) return undefined;
  return `${called(route)} gives ${traffic.candidate} requests already, and would copy others to it`;
}
