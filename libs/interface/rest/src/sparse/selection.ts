import type { OpenAPIObject } from '@nestjs/swagger';
import { ok, refusal, refuse, type Refusal, type Result } from '@spillway/kernel';
import { fieldsOf, type Fields } from './fields-of.js';

/** Which fields are wanted; of a field, all or some of its own. */
export type Selection = ReadonlyMap<string, Selection | 'all'>;

type Growing = Map<string, Growing | 'all'>;

const most = 100;

/** Reads `id,phase,rollouts.cluster`. Each name must be one that there can be. */
export function toSelection(
  text: string,
  fields: Fields,
  document: OpenAPIObject,
): Result<Selection, Refusal> {
  const names = text.split(',').map((name) => name.trim());
  if (names.length > most) return refuse(tooMany());
  const selection: Growing = new Map();
  for (const name of names) {
    const unknown = add(selection, name.split('.'), fields, document);
    if (unknown !== undefined) return refuse(noField(name, unknown));
  }
  return ok(selection);
}

/** Gives the fields that there are instead, where one is not. */
function add(
  selection: Growing,
  [name = '', ...further]: readonly string[],
  fields: Fields,
  document: OpenAPIObject,
): Fields | undefined {
  const shape = fields.get(name);
  if (shape === undefined) return fields;
  const known = selection.get(name);
  if (further.length === 0) {
    selection.set(name, 'all');
    return undefined;
  }
  const below: Growing = known instanceof Map ? known : new Map();
  if (known !== 'all') selection.set(name, below);
  return add(below, further, fieldsOf(document, shape), document);
}

const noField = (name: string, known: Fields): Refusal =>
  refusal(
    'INVALID_INPUT',
    `fields names "${name.slice(0, 200)}", which is not there.`,
    known.size === 0
      ? 'Nothing can be chosen in that field; name the field itself.'
      : `Known there: ${[...known.keys()].join(', ')}.`,
    'fields',
  );

const tooMany = (): Refusal =>
  refusal('INVALID_INPUT', `fields names more than ${most}.`, 'Name fewer, or none.', 'fields');

/** What is left of a value; fields that it does not have are not there afterwards either. */
export function pick(value: unknown, selection: Selection): unknown {
  if (Array.isArray(value)) return value.map((item) => pick(item, selection));
  if (typeof value !== 'object' || value === null) return value;
  const chosen = Object.entries(value).flatMap(([name, field]) => {
    const wanted = selection.get(name);
    if (wanted === undefined) return [];
    return [[name, wanted === 'all' ? field : pick(field, wanted)] as const];
  });
  return Object.fromEntries(chosen);
}
