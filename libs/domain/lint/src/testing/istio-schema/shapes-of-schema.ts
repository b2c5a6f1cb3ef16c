import type { Shape, ShapeName, TextShape } from '../../schema/shape.js';
import { laterFields } from '../../schema/since.js';
import { atMostOneOf, type CrdSchema } from './crd.js';

/** Names shapes after the field where they were met first, and equal shapes alike. */
export class ShapeNames {
  private readonly byText = new Map<string, ShapeName>();
  readonly shapes: Record<ShapeName, Shape> = {};

  add(wanted: string, shape: Shape): ShapeName {
    const text = JSON.stringify(shape);
    const known = this.byText.get(text);
    if (known !== undefined) return known;
    let name = wanted;
    for (let n = 2; name in this.shapes; n += 1) name = `${wanted}${n}`;
    this.byText.set(text, name);
    this.shapes[name] = shape;
    return name;
  }
}

/** Turns a schema into shapes, innermost first, and answers the name of the outermost. */
export function addShapes(names: ShapeNames, schema: CrdSchema, path: string): ShapeName {
  const wanted = path.slice(path.lastIndexOf('.') + 1);
  const nullable = schema.nullable === true ? { nullable: true as const } : {};
  if (schema.type === 'array') return listOf(names, schema, path);
  if (schema.additionalProperties !== undefined) return mapOf(names, schema, path);
  if (schema.properties !== undefined) {
    return names.add(wanted, { ...objectShape(names, schema, path), ...nullable });
  }
  const suffix = schema.nullable === true ? 'OrNull' : '';
  return names.add(plainName(schema, wanted) + suffix, { ...plainShape(schema), ...nullable });
}

function listOf(names: ShapeNames, schema: CrdSchema, path: string): ShapeName {
  const of = addShapes(names, schema.items ?? {}, path);
  const bounds = defined<Bounds>({ minItems: schema.minItems, maxItems: schema.maxItems });
  if (Object.keys(bounds).length === 0) return `${of}[]`;
  return names.add(`${nameOf(path)}List`, { type: 'list', of, ...bounds });
}

function mapOf(names: ShapeNames, schema: CrdSchema, path: string): ShapeName {
  const of = addShapes(names, schema.additionalProperties ?? {}, path);
  const bounds = defined<Bounds>({ maxItems: schema.maxProperties });
  if (Object.keys(bounds).length === 0) return `${of}{}`;
  return names.add(`${nameOf(path)}Map`, { type: 'map', of, ...bounds });
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf('.') + 1);

function objectShape(names: ShapeNames, schema: CrdSchema, path: string): Shape {
  const fields = Object.entries(schema.properties ?? {}).map(([name, inner]) => [
    name,
    addShapes(names, inner, `${path}.${name}`),
  ]);
  const later = laterFields
    .filter((field) => path.endsWith(`.${field.slice(0, field.lastIndexOf('.'))}`))
    .map((field) => [nameOf(field), names.add('any', { type: 'any' })]);
  const atMostOne = atMostOneOf(schema);
  return {
    type: 'object',
    fields: Object.fromEntries([...fields, ...later]) as Record<string, ShapeName>,
    ...(schema.required === undefined ? {} : { required: schema.required }),
    ...(atMostOne.length === 0 ? {} : { atMostOne }),
  };
}

function plainName(schema: CrdSchema, wanted: string): string {
  const shape = plainShape(schema);
  if (Object.keys(shape).length === 1) return shape.type;
  if (schema.format === 'int32') return 'int32';
  return schema.maximum === 4_294_967_295 ? 'uint32' : wanted;
}

function plainShape(schema: CrdSchema): Shape {
  switch (schema.type) {
    case 'string': {
      const { minLength, maxLength } = schema;
      return {
        type: 'string',
        ...defined<Omit<TextShape, 'type'>>({ values: schema.enum, minLength, maxLength }),
      };
    }
    case 'integer':
    case 'number':
      return { type: schema.type, ...boundsOf(schema) };
    case 'boolean':
      return { type: 'boolean' };
    case 'object':
      return { type: 'object', fields: {} };
    case undefined:
    default:
      throw new Error(`A type that is not expected in Istio's CRDs: ${JSON.stringify(schema)}`);
  }
}

/** An int32 beyond its bounds passes the API server; istiod cannot decode it. */
const boundsOf = ({ format, minimum, maximum }: CrdSchema): Bounds =>
  format === 'int32'
    ? { minimum: minimum ?? -2_147_483_648, maximum: maximum ?? 2_147_483_647 }
    : defined({ minimum, maximum });

interface Bounds {
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
}

/** Only the fields that are there; `T` has none that must be. */
const defined = <T>(fields: object): T =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
