import { fieldsOf } from '@spillway/domain-istio';
import type { Finding } from '../finding.js';
import { fieldOf, wrong, type Place } from './checked.js';
import { nearest } from './nearest.js';
import type { ObjectShape, ShapeName } from './shape.js';
import { newestKnownMinor, sinceOf } from './since.js';

type Check = (place: Place, name: ShapeName) => readonly Finding[];

/** The fields of an object; `check` looks into each that the shape has. */
export function checkFields(place: Place, shape: ObjectShape, check: Check): readonly Finding[] {
  const fields = fieldsOf(place.value);
  const isThere = (name: string): boolean => Object.hasOwn(fields, name);
  return [
    ...Object.entries(fields).flatMap(([name, value]) =>
      checkField(fieldOf(place, name, value), { name, shape, check }),
    ),
    ...(shape.required ?? [])
      .filter((name) => !isThere(name))
      .flatMap((name) => missing(place, name)),
    ...(shape.atMostOne ?? [])
      .map((group) => group.filter(isThere))
      .filter((there) => there.length > 1)
      .flatMap((there) => wrong('ONE_OF', place, `${there.join(' and ')} exclude each other.`)),
  ];
}

interface Named {
  readonly name: string;
  readonly shape: ObjectShape;
  readonly check: Check;
}

function checkField(place: Place, { name, shape, check }: Named): readonly Finding[] {
  const known = Object.hasOwn(shape.fields, name) ? shape.fields[name] : undefined;
  if (known === undefined) return unknownField(place, name, Object.keys(shape.fields));
  const since = sinceOf(place.field) ?? 0;
  if (place.minor === undefined || since <= place.minor) return check(place, known);
  const message = `${name} exists since Istio 1.${since}, and the cluster runs 1.${place.minor}.`;
  return wrong('FIELD_TOO_NEW', place, message);
}

function unknownField(place: Place, name: string, names: readonly string[]): readonly Finding[] {
  const meant = nearest(name, names);
  if (meant === undefined && (place.minor ?? 0) > newestKnownMinor) {
    const message = `Istio 1.${newestKnownMinor}, the newest that is known here, has no field "${name}" here.`;
    return wrong('FIELD_NOT_KNOWN_YET', place, message);
  }
  const next = meant === undefined ? {} : { next: `Write ${meant} if that is what is meant.` };
  return wrong('UNKNOWN_FIELD', place, `There is no field "${name}" here.`, next);
}

const missing = (place: Place, name: string): readonly Finding[] =>
  wrong('REQUIRED_FIELD', fieldOf(place, name, undefined), `${name} is missing.`);
