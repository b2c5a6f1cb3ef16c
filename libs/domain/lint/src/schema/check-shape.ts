import { fieldsOf, listOf } from '@spillway/domain-istio';
import { absurd } from '@spillway/kernel';
import type { Finding } from '../finding.js';
import { checkFields } from './check-fields.js';
import { checkBoolean, checkNumber, checkText, wrongType } from './check-plain.js';
import { entryOf, itemOf, wrong, type Place } from './checked.js';
import { shapes } from './generated/shapes.js';
import type { ListShape, MapShape, Shape, ShapeName } from './shape.js';

/** What of the value, and of everything in it, is not as its shape. */
export function checkShape(place: Place, name: ShapeName): readonly Finding[] {
  const shape = shapeOf(name);
  if (place.value !== null) return checkValue(place, shape);
  return shape.nullable === true ? [] : wrong('NULL_VALUE', place, 'The value is null.');
}

function checkValue(place: Place, shape: Shape): readonly Finding[] {
  switch (shape.type) {
    case 'string':
      return checkText(place, shape);
    case 'integer':
    case 'number':
      return checkNumber(place, shape);
    case 'boolean':
      return checkBoolean(place);
    case 'list':
      return checkList(place, shape);
    case 'map':
      return checkMap(place, shape);
    case 'object':
      return isObject(place.value)
        ? checkFields(place, shape, checkShape)
        : wrongType(place, 'an object');
    case 'any':
      return [];
    default:
      return absurd(shape);
  }
}

function shapeOf(name: ShapeName): Shape {
  if (name.endsWith('[]')) return { type: 'list', of: name.slice(0, -2) };
  if (name.endsWith('{}')) return { type: 'map', of: name.slice(0, -2) };
  return shapes[name] ?? { type: 'any' };
}

const isObject = (value: unknown): boolean => typeof value === 'object' && !Array.isArray(value);

function checkList(place: Place, shape: ListShape): readonly Finding[] {
  if (!Array.isArray(place.value)) return wrongType(place, 'a list');
  const items = listOf(place.value);
  return [
    ...checkCount(place, items.length, shape),
    ...items.flatMap((item, index) => checkShape(itemOf(place, index, item), shape.of)),
  ];
}

function checkMap(place: Place, shape: MapShape): readonly Finding[] {
  if (!isObject(place.value)) return wrongType(place, 'an object');
  const entries = Object.entries(fieldsOf(place.value));
  return [
    ...checkCount(place, entries.length, shape),
    ...entries.flatMap(([key, value]) => checkShape(entryOf(place, key, value), shape.of)),
  ];
}

function checkCount(
  place: Place,
  count: number,
  { minItems = 0, maxItems = Infinity }: { readonly minItems?: number; readonly maxItems?: number },
): readonly Finding[] {
  if (count > maxItems) {
    return wrong('TOO_MANY_ITEMS', place, `There are ${count} entries, more than ${maxItems}.`);
  }
  if (count >= minItems) return [];
  return wrong('TOO_FEW_ITEMS', place, `There are ${count} entries, fewer than ${minItems}.`);
}
