import { describe, expect, it } from '@jest/globals';
import {
  componentSchemas,
  documents,
  queryParameters,
  views,
  type JsonSchema,
} from './components.js';
import { viewExamples } from './examples.js';
import { releaseQuery } from './request.js';

const isSchema = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null;

/** Every property below a schema, with its path. */
function properties(schema: JsonSchema, path: string): [string, JsonSchema][] {
  const own = Object.entries(schema.properties ?? {}).filter(
    (entry): entry is [string, JsonSchema] => isSchema(entry[1]),
  );
  const inside = [...(schema.anyOf ?? []), schema.items].filter(isSchema);
  return [
    ...own.map(([name, property]): [string, JsonSchema] => [`${path}.${name}`, property]),
    ...own.flatMap(([name, property]) => properties(property, `${path}.${name}`)),
    ...inside.flatMap((inner) => properties(inner, path)),
  ];
}

describe('componentSchemas', () => {
  const schemas = componentSchemas();

  it('describes every field of every document and view', () => {
    const all = Object.entries(schemas).flatMap(([id, schema]) => properties(schema, id));
    expect(all.length).toBeGreaterThan(150);
    expect(all.filter(([, { description }]) => description === undefined)).toEqual([]);
  });

  it('describes every document and view itself', () => {
    const silent = Object.entries(schemas).filter(
      ([, { description }]) => description === undefined,
    );
    expect(silent).toEqual([]);
  });

  it.each(Object.keys(documents))('gives an example of %s', (id) => {
    expect(schemas[id]?.examples).toHaveLength(1);
  });

  it('refers to nothing that is not there', () => {
    const text = JSON.stringify(schemas);
    const targets = [...text.matchAll(/"\$ref":"([^"]+)"/g)].map(([, target = '']) => target);
    expect(targets).not.toHaveLength(0);
    for (const target of targets) {
      expect(Object.keys(schemas).map((id) => `#/components/schemas/${id}`)).toContain(target);
    }
  });

  it('closes documents and leaves answers open to new fields', () => {
    expect(schemas['StrategyDocument']?.additionalProperties).toBe(false);
    expect(schemas['Strategy']?.additionalProperties).toBeUndefined();
  });

  it('asks for no field that has a default', () => {
    expect(schemas['StrategyDocument']?.required).toEqual(['name', 'steps']);
  });

  it.each(Object.entries(viewExamples))('gives a true example of %s', (id, example) => {
    const view = views[id as keyof typeof viewExamples];
    expect(view.safeParse(example)).toMatchObject({ success: true, data: example });
    expect(schemas[id]?.['examples']).toEqual([example]);
  });
});

describe('queryParameters', () => {
  it('gives each parameter its description, type and default', () => {
    expect(queryParameters(releaseQuery)).toContainEqual({
      name: 'limit',
      description: 'At most so many items, 1 to 200.',
      schema: { type: 'integer', minimum: 1, maximum: 200, default: 50 },
    });
    expect(queryParameters(releaseQuery).map(({ name }) => name)).toEqual([
      'limit',
      'cursor',
      'sort',
      'service',
      'namespace',
      'phase',
      'candidate',
      'strategy',
      'since',
      'until',
    ]);
  });
});
