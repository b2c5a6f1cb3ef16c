import type { LiveObject } from '../istio-object.js';
import { fieldsOf, listOf, type Fields } from '../spec-fields.js';
import { canonical } from './people.js';

/*
 * What adoption is held against: written from its description, with no line of
 * the code that it checks.
 */

const sections = ['http', 'tls', 'tcp'] as const;
const leaves = ['route', 'mirror', 'mirrorPercentage', 'mirrorPercent', 'mirrors'];
const marks = ['spillway.dev/release', 'spillway.dev/generation', 'spillway.dev/original'];

export const isOurs = ({ name }: Fields): boolean =>
  typeof name === 'string' && name.startsWith('catalog.0f3a9c1e.g');

const isAt = (subset: string, destination: unknown): boolean => {
  const { host, subset: of } = fieldsOf(destination);
  return of === subset && typeof host === 'string' && host.split('.')[0] === 'catalog';
};

const weightAt = (subset: string, entries: readonly Fields[]): number =>
  entries
    .filter(({ destination }) => isAt(subset, destination))
    .reduce((sum, { weight }) => sum + (typeof weight === 'number' ? weight : 0), 0);

const entriesOf = ({ route }: Fields): readonly Fields[] => listOf(route).map(fieldsOf);
export const isGiven = (route: Fields): boolean =>
  entriesOf(route).some(({ destination }) => isAt('v1', destination));

const without = (fields: Fields, keys: readonly string[]): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([key]) => !keys.includes(key)));

const must = (condition: boolean, promise: string): void => {
  if (!condition) throw new Error(promise);
};

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Every difference to people's object is one that was announced. */
export function mustBeAnnounced(live: LiveObject, people: LiveObject, weight: number): void {
  must(same(live.metadata.labels, people.metadata.labels), 'labels are theirs');
  const others = without(live.metadata.annotations, marks);
  must(same(others, people.metadata.annotations), 'annotations are theirs');
  const [spec, theirs] = [fieldsOf(live.spec), fieldsOf(people.spec)];
  must(same(without(spec, sections), without(theirs, sections)), 'the rest of the spec is theirs');
  for (const name of sections) {
    must(name in spec === name in theirs, `${name} is there or not`);
    mustBeLike(listOf(spec[name]).map(fieldsOf), listOf(theirs[name]).map(fieldsOf), weight);
  }
}

function mustBeLike(live: readonly Fields[], people: readonly Fields[], weight: number): void {
  let pending: Fields[] = [];
  let at = 0;
  for (const route of live) {
    if (isOurs(route)) {
      pending.push(route);
      continue;
    }
    const theirs = people[at] ?? {};
    at += 1;
    must(isGiven(theirs) || pending.length === 0, 'our routes are before given ones only');
    for (const own of pending) mustInherit(own, theirs);
    pending = [];
    if (!isGiven(theirs)) must(same(route, theirs), 'a route that was not given is not touched');
    else mustBeSplit(route, theirs, weight);
  }
  must(at === people.length && pending.length === 0, 'every route is there');
}

/** A route of ours is people's one for fewer requests. */
function mustInherit(own: Fields, theirs: Fields): void {
  const keys = [...leaves, 'name', 'match'];
  must(
    canonical(without(own, keys)) === canonical(without(theirs, keys)),
    'ours inherits the rest',
  );
  must(listOf(own['match']).length > 0, 'ours has a match');
}

function mustBeSplit(live: Fields, theirs: Fields, weight: number): void {
  must(same(without(live, leaves), without(theirs, leaves)), 'only leaves of a given route change');
  if (weight === 0) {
    const isTheirs = canonical(live['route']) === canonical(theirs['route']);
    must(isTheirs, 'without a weight the split is theirs');
    return;
  }
  const [now, before] = [entriesOf(live), entriesOf(theirs)];
  const written = before.length === 1 ? [{ ...before[0], weight: 100 }] : before;
  const [stable, candidate] = [weightAt('v1', now), weightAt('v2', now)];
  const both = stable + candidate;
  must(
    candidate * 10_000 === both * weight,
    `the candidate has ${candidate} of ${both} instead of ${weight}`,
  );
  const share = weightAt('v1', written) + weightAt('v2', written);
  const isThird = ({ destination }: Fields) => !isAt('v1', destination) && !isAt('v2', destination);
  const [thirds, had] = [now.filter(isThird), written.filter(isThird)];
  must(thirds.length === had.length, 'other destinations are there');
  had.forEach((entry, i) => {
    const [a, b] = [Number(thirds[i]?.['weight'] ?? 0), Number(entry['weight'] ?? 0)];
    must(a * share === b * both, 'other destinations keep their share');
    const [rest, hadRest] = [thirds[i] ?? {}, entry].map((one) =>
      canonical(without(one, ['weight'])),
    );
    must(rest === hadRest, 'and all else');
  });
  must(!mentionsCandidate(live), 'nobody is answered by the candidate and copied to it');
}

const mentionsCandidate = ({ mirror, mirrors }: Fields): boolean =>
  isAt('v2', mirror) || listOf(mirrors).some((one) => isAt('v2', fieldsOf(one)['destination']));

/** People's object with v2 where v1 was. */
export function promoted(people: LiveObject): LiveObject {
  const spec = { ...fieldsOf(people.spec) };
  for (const name of sections) {
    if (name in spec) spec[name] = listOf(spec[name]).map(fieldsOf).map(promotedRoute);
  }
  return { ...people, spec };
}

function promotedRoute(route: Fields): Fields {
  if (!isGiven(route)) return route;
  const entries = entriesOf(route);
  const gained = weightAt('v2', entries);
  const left = entries.filter(({ destination }) => !isAt('v2', destination));
  const first = left.findIndex(({ destination }) => isAt('v1', destination));
  const changed = left.map((entry, i) => {
    if (!isAt('v1', entry['destination'])) return entry;
    const destination = { ...fieldsOf(entry['destination']), subset: 'v2' };
    const gains = i === first && gained > 0 && (left.length > 1 || 'weight' in entry);
    const weight = gains ? { weight: Number(entry['weight'] ?? 0) + gained } : {};
    return { ...entry, destination, ...weight };
  });
  return withoutCopies({ ...route, route: changed });
}

function withoutCopies(route: Fields): Fields {
  if (!mentionsCandidate(route)) return route;
  const bare = without(route, leaves.slice(1));
  const mirrors = listOf(route['mirrors']).filter(
    (one) => !isAt('v2', fieldsOf(one)['destination']),
  );
  return mirrors.length === 0 ? bare : { ...bare, mirrors };
}
