import { describe, expect, it } from '@jest/globals';
import { componentSchemas, releaseQuery, type JsonSchema } from '@spillway/interface-contract';
import {
  buildSchema,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
  type GraphQLEnumType,
  type GraphQLInputObjectType,
  type GraphQLList,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLType,
} from 'graphql';
import { typeDefs } from '../sdl/index.js';

/**
 * REST and GraphQL give the same views and take the same documents. This reads
 * both descriptions of each and lists where they differ.
 */
const schemas = componentSchemas();
const schema = buildSchema(typeDefs);

/** Fields that only GraphQL has, and why: they lead on to something else. */
const onlyInGraphql = new Set([
  'Release.events',
  'Release.hookCalls',
  'Release.looks',
  'Release.serviceNode',
  'Release.strategy.node',
  'ReleasePlan.strategy.node',
  'Release.rollouts[].clusterNode',
  'Release.rollouts[].id',
  'Service.clusterNodes',
  'Service.live',
  'Service.currentRelease',
  'Service.latestReleaseNode',
  'Service.releases',
  'Cluster.id',
  'Service.id',
  'Strategy.id',
  'Event.id',
  'EgressPolicy.id',
  'Source.id',
  'Notification.id',
  'Webhook.id',
  'Rule.id',
  'FreezeWindow.id',
]);

/** Values that GraphQL has no type for; the documents’ parser checks them. */
const asScalar = new Map([
  ['Labels', (json: JsonSchema) => json.type === 'object' && valuesOf(json)?.type === 'string'],
  [
    'TextMatches',
    (json: JsonSchema) => json.type === 'object' && valuesOf(json)?.anyOf !== undefined,
  ],
  [
    'Nothing',
    (json: JsonSchema) => json.type === 'object' && Object.keys(json.properties ?? {}).length === 0,
  ],
  [
    'HttpHeaders',
    (json: JsonSchema) => json.type === 'object' && valuesOf(json)?.anyOf !== undefined,
  ],
  ['NoData', (json: JsonSchema) => json.anyOf !== undefined],
  ['Payload', (json: JsonSchema) => json.type === undefined && json.anyOf === undefined],
  ['MirrorSetting', (json: JsonSchema) => json.anyOf !== undefined],
  ['HookPoint', (json: JsonSchema) => json.enum?.includes('confirm-rollout') === true],
  ['Moment', (json: JsonSchema) => json.format === 'date-time'],
  ['String', (json: JsonSchema) => json.type === 'string' && json.enum === undefined],
  ['ID', (json: JsonSchema) => json.type === 'string' && json.enum === undefined],
  ['Int', (json: JsonSchema) => json.type === 'integer'],
  ['Float', (json: JsonSchema) => json.type === 'number'],
  ['Boolean', (json: JsonSchema) => json.type === 'boolean'],
]);

/** What a JSON object with any keys has under each of them. */
const valuesOf = ({ additionalProperties: values }: JsonSchema): JsonSchema | undefined =>
  typeof values === 'object' ? resolved(values) : undefined;

function resolved(json: JsonSchema): JsonSchema {
  const [, id] = /schemas\/(\w+)$/.exec(json.$ref ?? '') ?? [];
  return id === undefined ? json : (schemas[id] ?? {});
}

interface Field {
  readonly json: JsonSchema;
  readonly required: boolean;
}

/** The fields of an object, or of all alternatives of a choice, of which none must be there. */
function fieldsOf(json: JsonSchema): Map<string, Field> {
  const alternatives = (json.anyOf ?? []) as JsonSchema[];
  const chosen = alternatives.flatMap((one) => [...fieldsOf(one)]);
  const own = Object.entries(json.properties ?? {}).map(([name, property]): [string, Field] => [
    name,
    { json: property as JsonSchema, required: json.required?.includes(name) === true },
  ]);
  return new Map([
    ...chosen.map(([name, field]): [string, Field] => [name, { ...field, required: false }]),
    ...own,
  ]);
}

function differences(json: JsonSchema, type: GraphQLType, path: string): string[] {
  const one = resolved(json);
  const named = getNullableType(type);
  if (isListType(named)) return inList(one, named, path);
  if (isScalarType(named)) {
    return asScalar.get(named.name)?.(one) === true ? [] : [`${path}: no ${named.name}`];
  }
  if (isEnumType(named)) return inEnum(one, named, path);
  return isObjectType(named) || isInputObjectType(named)
    ? inObject(one, named, path)
    : [`${path}?`];
}

function inList(json: JsonSchema, { ofType }: GraphQLList<GraphQLType>, path: string): string[] {
  if (json.type !== 'array') return [`${path}: a list only in GraphQL`];
  const strict = isNonNullType(ofType) ? [] : [`${path}: its items may be null`];
  return [...strict, ...differences(json.items as JsonSchema, ofType, `${path}[]`)];
}

function inEnum(json: JsonSchema, type: GraphQLEnumType, path: string): string[] {
  const values = type.getValues().map(({ name }) => name);
  return JSON.stringify(values) === JSON.stringify(json.enum) ? [] : [`${path}: other values`];
}

function inObject(
  json: JsonSchema,
  type: GraphQLObjectType | GraphQLInputObjectType,
  path: string,
): string[] {
  const fields = fieldsOf(json);
  const inGraphql = Object.values(type.getFields());
  const extra = inGraphql
    .filter(({ name }) => !fields.has(name) && !onlyInGraphql.has(`${path}.${name}`))
    .map(({ name }) => `${path}.${name}: only in GraphQL`);
  const rest = [...fields].flatMap(([name, { json: field, required }]) => {
    const counterpart = inGraphql.find((other) => other.name === name);
    if (counterpart === undefined) return [`${path}.${name}: missing in GraphQL`];
    const strict =
      isNonNullType(counterpart.type) === required ? [] : [`${path}.${name}: required in one only`];
    return [...strict, ...differences(field, counterpart.type, `${path}.${name}`)];
  });
  return [...extra, ...rest];
}

function typeNamed(name: string): GraphQLNamedType {
  const type = schema.getType(name);
  if (type === undefined) throw new Error(`GraphQL has no ${name}`);
  return type;
}

describe('the schema', () => {
  it.each([
    'Cluster',
    'Service',
    'Strategy',
    'Release',
    'Event',
    'Look',
    'Metric',
    'RequestMatch',
    'EgressPolicy',
    'EgressReport',
    'PushedMeasurements',
    'Probe',
    'Notification',
    'OutgoingDelivery',
    'ReceivedDelivery',
    'Rule',
    'RuleTest',
    'Webhook',
    'Secret',
    'Source',
    'ApprovalWaiting',
    'FreezeWindow',
    'Gate',
    'ReleasePlan',
  ])('gives a %s as REST does', (name) => {
    expect(differences(schemas[name] ?? {}, typeNamed(name), name)).toEqual([]);
  });

  it.each([
    'Cluster',
    'Service',
    'Strategy',
    'Release',
    'Metric',
    'RequestMatch',
    'EgressPolicy',
    'Source',
    'Rule',
    'RuleTest',
    'Webhook',
    'Measurement',
    'FreezeWindow',
    'Notification',
  ])('takes a %s as REST does', (name) => {
    const document = schemas[`${name}Document`] ?? {};
    expect(differences(document, typeNamed(`${name}Input`), name)).toEqual([]);
  });

  it('lists releases by all that REST lists them by', () => {
    const argsOf = (type: string): readonly string[] =>
      (typeNamed(type) as GraphQLObjectType)
        .getFields()
        ['releases']?.args.map(({ name }) => name) ?? [];
    const inRest = Object.keys(releaseQuery.shape).filter(
      (name) => !['limit', 'cursor', 'sort'].includes(name),
    );
    const paging = ['first', 'after', 'orderBy'];
    expect(argsOf('Query').toSorted()).toEqual([...inRest, ...paging].toSorted());
    const ofService = inRest.filter((name) => !['service', 'namespace'].includes(name));
    expect(argsOf('Service').toSorted()).toEqual([...ofService, ...paging].toSorted());
  });

  it('has the codes of problems', () => {
    const code = resolved(schemas['Problem'] ?? {}).properties?.['code'] as JsonSchema;
    expect(differences(code, typeNamed('ErrorCode'), 'code')).toEqual([]);
  });
});

describe('this comparison', () => {
  const cluster = schemas['Cluster'] ?? {};
  const compare = (sdl: string): string[] => {
    const type = buildSchema(`type Query { a: Int } scalar Moment ${sdl}`).getType('T');
    return type === undefined
      ? []
      : differences({ properties: { a: { type: 'integer' } }, required: ['a'] }, type, 'T');
  };

  it('would find what differs', () => {
    expect(compare('type T { a: Int! }')).toEqual([]);
    expect(compare('type T { a: Int }')).toEqual(['T.a: required in one only']);
    expect(compare('type T { a: Float! }')).toEqual(['T.a: no Float']);
    expect(compare('type T { a: Int! b: Int }')).toEqual(['T.b: only in GraphQL']);
    expect(compare('type T { b: Int }')).toContain('T.a: missing in GraphQL');
    expect(differences(cluster, typeNamed('Service'), 'Cluster')).not.toEqual([]);
  });
});
