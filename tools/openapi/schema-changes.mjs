/**
 * What of a change of schemas a program that was written for the one before would notice. `input`:
 * what it sends may be refused by now; `output`: what it reads may be missing or another thing.
 */

/** @param {{ before: object, after: object }} documents whose `$ref`s are followed */
export const schemaChanges = (documents) => {
  const seen = new Set();
  return (before, after, direction, where) =>
    compare({ documents, direction, seen }, before, after, where);
};

function compare(context, before, after, where) {
  const [old, now] = [
    resolve(context.documents.before, before),
    resolve(context.documents.after, after),
  ];
  // A schema may hold itself, and most are met many times.
  const pair = `${context.direction} ${before.$ref ?? where} ${after.$ref ?? where}`;
  if (context.seen.has(pair) && before.$ref !== undefined) return [];
  context.seen.add(pair);
  return [
    ...typeChanges(old, now, where),
    ...choiceChanges(context, old, now, where),
    ...(context.direction === 'input' ? boundChanges(old, now, where) : []),
    ...fieldChanges(context, old, now, where),
    ...itemChanges(context, old, now, where),
    ...alternativeChanges(context, old, now, where),
  ];
}

function resolve(document, schema) {
  if (schema?.$ref === undefined) return schema ?? {};
  const path = schema.$ref.replace('#/', '').split('/');
  return path.reduce((inside, key) => inside?.[key], document) ?? {};
}

const sorted = (names) => names.toSorted((a, b) => a.localeCompare(b));

const typesOf = ({ type }) => (Array.isArray(type) ? type : type === undefined ? [] : [type]);

function typeChanges(old, now, where) {
  const [before, after] = [sorted(typesOf(old)).join('|'), sorted(typesOf(now)).join('|')];
  // A union has no type of its own; its alternatives are compared.
  if (before === after || before === '' || after === '') return [];
  return [`${where}: the type was ${before} and is ${after}`];
}

const choicesOf = ({ enum: choices, const: only }) => choices ?? (only === undefined ? [] : [only]);

/** Readers must expect a new choice; one that is gone can be sent no more, or is waited for in vain. */
function choiceChanges({ direction }, old, now, where) {
  const [before, after] = [choicesOf(old), choicesOf(now)];
  const wasOpen = before.length === 0 && after.length > 0;
  if (wasOpen && direction === 'input') return [`${where}: takes only some values now`];
  if (after.length === 0) return [];
  return before
    .filter((choice) => !after.includes(choice))
    .map((choice) => `${where}: the value ${JSON.stringify(choice)} is gone`);
}

const bounds = { maximum: -1, maxLength: -1, maxItems: -1, minimum: 1, minLength: 1, minItems: 1 };

function boundChanges(old, now, where) {
  const narrower = Object.entries(bounds)
    .filter(
      ([name, up]) =>
        now[name] !== undefined && up * (now[name] - (old[name] ?? -up * Infinity)) > 0,
    )
    .map(([name]) => `${where}: ${name} is ${now[name]}, which is narrower than before`);
  const other = now.pattern !== undefined && now.pattern !== old.pattern;
  return other ? [...narrower, `${where}: the pattern is another one`] : narrower;
}

function fieldChanges(context, old, now, where) {
  const [before, after] = [old.properties ?? {}, now.properties ?? {}];
  const shared = Object.keys(before).filter((name) => name in after);
  return [
    ...Object.keys(before)
      .filter((name) => !(name in after))
      .map((name) => `${where}: the field "${name}" is gone`),
    ...requiredChanges(context.direction, old, now, where),
    ...shared.flatMap((name) => compare(context, before[name], after[name], `${where}.${name}`)),
  ];
}

function requiredChanges(direction, { required: before = [] }, now, where) {
  const after = now.required ?? [];
  if (direction === 'input') {
    return after
      .filter((name) => !before.includes(name))
      .map((name) => `${where}: the field "${name}" must be sent now`);
  }
  return before
    .filter((name) => name in (now.properties ?? {}) && !after.includes(name))
    .map((name) => `${where}: the field "${name}" may be absent now`);
}

function itemChanges(context, old, now, where) {
  const parts = ['items', 'additionalProperties', 'propertyNames'];
  return parts
    .filter((part) => isSchema(old[part]) && isSchema(now[part]))
    .flatMap((part) => compare(context, old[part], now[part], `${where}[]`));
}

const isSchema = (part) => typeof part === 'object' && part !== null;

const alternativesOf = ({ anyOf, oneOf }) => anyOf ?? oneOf ?? [];

/** An alternative is known by its name, or by what tells it apart from the others. */
const keyOf = (schema) =>
  schema.$ref ??
  JSON.stringify([typesOf(schema), schema.const, schema.format, sorted(schema.required ?? [])]);

function alternativeChanges(context, old, now, where) {
  const after = new Map(alternativesOf(now).map((schema) => [keyOf(schema), schema]));
  return alternativesOf(old).flatMap((schema) => {
    const same = after.get(keyOf(schema));
    if (same !== undefined) return compare(context, schema, same, where);
    return after.size === 0 ? [] : [`${where}: the alternative ${keyOf(schema)} is gone`];
  });
}
