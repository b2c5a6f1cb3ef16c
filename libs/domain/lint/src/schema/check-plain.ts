import type { Finding } from '../finding.js';
import { shown, wrong, type Place } from './checked.js';
import { nearest } from './nearest.js';
import type { NumberShape, TextShape } from './shape.js';
import { sinceOf } from './since.js';

export function checkText(place: Place, shape: TextShape): readonly Finding[] {
  const { value } = place;
  if (typeof value !== 'string') return wrongType(place, 'a text');
  const { values, minLength = 0, maxLength = Infinity } = shape;
  if (values !== undefined) return checkEnum(place, value, values);
  if (value.length >= minLength && value.length <= maxLength) return [];
  const bounds = value.length < minLength ? `at least ${minLength}` : `at most ${maxLength}`;
  return wrong('WRONG_LENGTH', place, `The text has ${value.length} characters, not ${bounds}.`);
}

function checkEnum(place: Place, value: string, values: readonly string[]): readonly Finding[] {
  if (values.includes(value)) return checkAge(place, value);
  const meant = nearest(value, values);
  const message = `${shown(value)} is none of ${values.join(', ')}.`;
  return wrong(
    'NOT_IN_ENUM',
    place,
    message,
    meant === undefined ? {} : { next: `Write ${meant}.` },
  );
}

function checkAge(place: Place, value: string): readonly Finding[] {
  const since = sinceOf(`${place.field}=${value}`) ?? 0;
  if (place.minor === undefined || since <= place.minor) return [];
  const message = `${value} exists since Istio 1.${since}, and the cluster runs 1.${place.minor}.`;
  return wrong('VALUE_TOO_NEW', place, message);
}

export function checkNumber(place: Place, shape: NumberShape): readonly Finding[] {
  const { value } = place;
  const isInteger = shape.type === 'integer';
  if (typeof value !== 'number' || (isInteger && !Number.isInteger(value))) {
    return wrongType(place, isInteger ? 'a whole number' : 'a number');
  }
  const { minimum = -Infinity, maximum = Infinity } = shape;
  if (value >= minimum && value <= maximum) return [];
  return wrong('OUT_OF_RANGE', place, `${value} is not within ${minimum} to ${maximum}.`);
}

export const checkBoolean = (place: Place): readonly Finding[] =>
  typeof place.value === 'boolean' ? [] : wrongType(place, 'true or false');

export const wrongType = (place: Place, wanted: string): readonly Finding[] =>
  wrong('WRONG_TYPE', place, `${shown(place.value)} is not ${wanted}.`, {
    next: `Write ${wanted}.`,
  });
