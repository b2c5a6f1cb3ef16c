import type { OpenAPIObject } from '@nestjs/swagger';

/** As much of a JSON Schema as says which fields there are. */
export interface Shape {
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly items?: Shape;
  readonly anyOf?: readonly Shape[];
  readonly oneOf?: readonly Shape[];
}

export type Fields = ReadonlyMap<string, Shape>;

/** Of an object, of each item of a list, or of all alternatives of a choice. */
export function fieldsOf(document: OpenAPIObject, shape: Shape): Fields {
  const { $ref, items, properties = {}, anyOf = [], oneOf = [] } = shape;
  if ($ref !== undefined) return fieldsOf(document, componentOf(document, $ref));
  if (items !== undefined) return fieldsOf(document, items);
  const fields = new Map<string, Shape>(Object.entries(properties));
  for (const one of [...anyOf, ...oneOf]) {
    for (const [name, field] of fieldsOf(document, one)) {
      const known = fields.get(name);
      fields.set(name, known === undefined ? field : { anyOf: [known, field] });
    }
  }
  return fields;
}

const componentOf = ({ components }: OpenAPIObject, ref: string): Shape =>
  (components?.schemas?.[ref.split('/').at(-1) ?? ''] ?? {}) as Shape;

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;

/** What is chosen from: the fields of the answer, or of each item where it is a page. */
export interface Choice {
  readonly fields: Fields;
  readonly isPage: boolean;
}

/** `undefined` where the answer is no object, or not JSON. */
export function choiceOf(document: OpenAPIObject, operation: Operation): Choice | undefined {
  const answer = operation.responses['200'];
  if (answer === undefined || '$ref' in answer) return undefined;
  const shape = answer.content?.['application/json']?.schema as Shape | undefined;
  if (shape === undefined) return undefined;
  const own = fieldsOf(document, shape);
  const items = own.get('items');
  const isPage = items !== undefined && isList(items);
  const fields = isPage ? fieldsOf(document, items) : own;
  return fields.size === 0 ? undefined : { fields, isPage };
}

const isList = ({ items, anyOf = [] }: Shape): boolean => items !== undefined || anyOf.some(isList);
