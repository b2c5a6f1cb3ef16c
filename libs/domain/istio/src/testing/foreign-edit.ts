import fc from 'fast-check';
import type { LiveObject } from '../istio-object.js';
import { fieldsOf, listOf, type Fields } from '../spec-fields.js';
import { anInsertedRoute } from './some-virtual-service.js';

/**
 * What people do to their object while a release has it in hand: to fields that
 * are theirs. Done alike to the live object and to the one without a release.
 */
export type ForeignEdit = (object: LiveObject, isOurs: (route: Fields) => boolean) => LiveObject;

const withSpec = (object: LiveObject, change: Fields): LiveObject => ({
  ...object,
  spec: { ...fieldsOf(object.spec), ...change },
});

const httpOf = (object: LiveObject): readonly Fields[] =>
  listOf(fieldsOf(object.spec)['http']).map(fieldsOf);

/** At a place among people's routes, wherever ours are. */
const among =
  (
    at: number,
    change: (list: readonly Fields[], index: number) => readonly Fields[],
  ): ForeignEdit =>
  (object, isOurs) => {
    const list = httpOf(object);
    const places = list.flatMap((route, i) => (isOurs(route) ? [] : [i]));
    const place = places[at % Math.max(1, places.length)];
    return place === undefined ? object : withSpec(object, { http: change(list, place) });
  };

const setIn = (key: string, value: unknown) => (list: readonly Fields[], i: number) =>
  list.with(i, { ...list[i], [key]: value });

const isBystander = ({ route }: Fields): boolean =>
  !JSON.stringify(route ?? []).includes('"v1"') && !JSON.stringify(route ?? []).includes('"v2"');

const oneRoute: fc.Arbitrary<ForeignEdit> = fc.oneof(
  fc
    .tuple(fc.nat(), fc.constantFrom('2s', '9s'))
    .map(([at, timeout]) => among(at, setIn('timeout', timeout))),
  fc.tuple(fc.nat(), fc.nat()).map(([at, value]) => among(at, setIn('xLater', { value: [value] }))),
  fc
    .tuple(fc.nat(), anInsertedRoute)
    .map(([at, route]) => among(at, (list, i) => list.toSpliced(i, 0, route))),
  fc
    .nat()
    .map((at) =>
      among(at, (list, i) => (isBystander(list[i] ?? {}) ? list.toSpliced(i, 1) : list)),
    ),
);

const metadata: fc.Arbitrary<ForeignEdit> = fc
  .tuple(fc.constantFrom('annotations' as const, 'labels' as const), fc.string())
  .map(([field, text]): ForeignEdit => (object) => ({
    ...object,
    metadata: { ...object.metadata, [field]: { ...object.metadata[field], later: text } },
  }));

/** Also takes away what is ours; it is written again. */
const ourRoutesGone: ForeignEdit = (object, isOurs) =>
  withSpec(object, { http: httpOf(object).filter((route) => !isOurs(route)) });

export const someForeignEdit: fc.Arbitrary<ForeignEdit> = fc.oneof(
  { arbitrary: oneRoute, weight: 4 },
  { arbitrary: metadata, weight: 1 },
  {
    arbitrary: fc.nat().map(
      (value): ForeignEdit =>
        (object) =>
          withSpec(object, { xLater: value }),
    ),
    weight: 1,
  },
  { arbitrary: fc.constant(ourRoutesGone), weight: 1 },
);
