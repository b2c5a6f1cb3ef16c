import type { CrdSchema } from './crd.js';

/**
 * Every field and every value of an enum, as a path without positions:
 * `spec.http.mirrors`, `spec.resolution=DNS`.
 */
export function fieldsOfSchema(schema: CrdSchema, path = 'spec'): readonly string[] {
  return [
    ...(schema.enum ?? []).map((value) => `${path}=${value}`),
    ...Object.entries(schema.properties ?? {}).flatMap(([name, inner]) => [
      `${path}.${name}`,
      ...fieldsOfSchema(inner, `${path}.${name}`),
    ]),
    ...[schema.items, schema.additionalProperties].flatMap((inner) =>
      inner === undefined ? [] : fieldsOfSchema(inner, path),
    ),
  ];
}
