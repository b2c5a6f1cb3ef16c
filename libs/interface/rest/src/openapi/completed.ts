import type { OpenAPIObject } from '@nestjs/swagger';
import type { ErrorCode } from '@spillway/kernel';
import { choiceOf } from '../sparse/fields-of.js';
import { problemKind, problemMediaType } from '@spillway/interface-problem';

type PathItem = OpenAPIObject['paths'][string];
type Operation = NonNullable<PathItem['get']>;
type Parameter = Extract<NonNullable<Operation['parameters']>[number], { name: string }>;

const methods = ['get', 'put', 'post', 'delete'] as const;
type Method = (typeof methods)[number];

interface Place {
  readonly path: string;
  readonly method: Method;
  readonly operation: Operation;
}

/** Adds what holds for every operation of a kind, so that no controller has to say it. */
export function completed(document: OpenAPIObject): OpenAPIObject {
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of methods) {
      const operation = item[method];
      if (operation?.security === undefined) continue;
      if (method === 'get') addFields(document, operation);
      complete({ path, method, operation });
    }
  }
  return document;
}

function complete(place: Place): void {
  const { operation } = place;
  for (const parameter of parametersOf(operation)) describe(parameter);
  const codes: ErrorCode[] = ['FORBIDDEN', 'NOT_ACCEPTABLE', 'ADDRESS_TOO_LONG', 'RATE_LIMITED'];
  if (operation.requestBody !== undefined) codes.push('BODY_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE');
  addTags(place, codes);
  for (const code of codes) addRefusal(operation, code);
  for (const [status, response] of Object.entries(operation.responses)) {
    if (response !== undefined && !('$ref' in response)) addHeaders(response, status);
  }
}

function addTags(place: Place, codes: ErrorCode[]): void {
  const { method, operation } = place;
  if (gives(operation, [...tagged, ...taggedLive])) addTag(operation);
  if (method === 'get' && gives(operation, tagged)) addNotModified(operation);
  if (!takesTag(place)) return;
  codes.push('PRECONDITION_FAILED');
  operation.parameters = [...parametersOf(operation), ifMatch];
}

/** The schema of the answer stays that of the whole: which fields there are is what it says. */
function addFields(document: OpenAPIObject, operation: Operation): void {
  const choice = choiceOf(document, operation);
  if (choice === undefined) return;
  const fields: Parameter = {
    name: 'fields',
    in: 'query',
    required: false,
    description: `Only these fields of ${choice.isPage ? 'each item' : 'it'}, with commas between; a dot leads into a field. The answer then has no others, also where its schema requires them. * is all.`,
    example: [...choice.fields.keys()].slice(0, 2).join(','),
    schema: { type: 'string', minLength: 1 },
  };
  operation.parameters = [...parametersOf(operation), fields];
}

const parametersOf = ({ parameters = [] }: Operation): Parameter[] =>
  parameters.filter((parameter): parameter is Parameter => 'name' in parameter);

/** What changes one thing that can be read, and can have been changed since. */
const takesTag = ({ path, method, operation }: Place): boolean =>
  method === 'put' ||
  method === 'delete' ||
  (method === 'post' && path.includes('}/') && gives(operation, [...tagged, ...taggedLive]));

const refTo = (view: string): string => `#/components/schemas/${view}`;

const tagged = [
  'FreezeWindow',
  'Gate',
  'Member',
  'Notification',
  'Release',
  'Rule',
  'Secret',
  'Service',
  'Source',
  'Strategy',
  'Webhook',
].map(refTo);

/** These also say what nobody changes. */
const taggedLive = ['Cluster', 'EgressPolicy', 'IssuedToken', 'Token'].map(refTo);

const gives = (operation: Operation, views: readonly string[]): boolean =>
  ['200', '201'].some((status) => {
    const answer = operation.responses[status];
    if (answer === undefined || '$ref' in answer) return false;
    const schema = answer.content?.['application/json']?.schema;
    return schema !== undefined && '$ref' in schema && views.includes(schema.$ref);
  });

function addTag({ responses }: Operation): void {
  for (const status of ['200', '201']) {
    const answer = responses[status];
    if (answer === undefined || '$ref' in answer) continue;
    const schema = { type: 'string' } as const;
    const ETag = { description: 'Stands for this state of it; send it as If-Match.', schema };
    answer.headers = { ...answer.headers, ETag };
  }
}

function addNotModified(operation: Operation): void {
  operation.parameters = [...parametersOf(operation), ifNoneMatch];
  operation.responses[304] = { description: 'It is still what the ETag stands for.' };
}

const printable = String.raw`^[\x21-\x7e]([\x20-\x7e]{0,198}[\x21-\x7e])?$`;

const ifMatch: Parameter = {
  name: 'If-Match',
  in: 'header',
  required: false,
  description:
    'The ETag of what you have read. The change is refused with PRECONDITION_FAILED when it is another by now.',
  example: '"7"',
  schema: { type: 'string' },
};

const ifNoneMatch: Parameter = {
  name: 'If-None-Match',
  in: 'header',
  required: false,
  description: 'The ETag of an earlier answer; 304 when it still holds.',
  example: '"7"',
  schema: { type: 'string' },
};

/** By their names, which mean the same everywhere. */
const examples: Readonly<Record<string, string>> = {
  id: '6f1c2c1e-4f0e-4c0c-9f5e-0d1f4a1c7d11',
  namespace: 'shop',
  name: 'catalog',
  gate: 'go-live',
  'Idempotency-Key': '1c9a7f0e-deploy-42',
  'If-None-Match': '"7"',
  'Last-Event-ID': '7e',
  cursor: 'WyIyMDI2LTAxLTA1Il0',
  limit: '50',
  actor: 'ci',
  after: '7',
  cluster: 'eu-west',
  endpoint: 'team-chat',
  hook: 'load-test',
  metric: 'success-rate',
  operation: 'startRelease',
  release: '6f1c2c1e-4f0e-4c0c-9f5e-0d1f4a1c7d11',
  step: '1',
  subject: 'service shop/catalog',
  version: '3',
  webhook: 'github',
  window: '24h',
};

const patterns: Readonly<Record<string, string>> = { 'Idempotency-Key': printable };

function describe(parameter: Parameter): void {
  const schema = parameter.schema as { examples?: unknown[]; pattern?: string; enum?: unknown[] };
  const pattern = patterns[parameter.name];
  if (pattern !== undefined) schema.pattern = pattern;
  const [own] = [...(schema.examples ?? []), ...(schema.enum ?? [])];
  const example = own ?? examples[parameter.name];
  if (example !== undefined) parameter.example ??= toType(example, parameter.schema);
}

const toType = (example: unknown, schema: Parameter['schema']): unknown =>
  (schema as { type?: string }).type === 'integer' ? Number(example) : example;

function addRefusal(operation: Operation, code: ErrorCode): void {
  const { status, title } = problemKind(code);
  const sentence = `${code}: ${title}.`;
  const known = operation.responses[status];
  if (known !== undefined && !('$ref' in known)) {
    if (!known.description.includes(`${code}:`)) known.description += ` ${sentence}`;
    return;
  }
  operation.responses[status] = {
    description: sentence,
    content: { [problemMediaType]: { schema: { $ref: '#/components/schemas/Problem' } } },
  };
}

type Answer = Exclude<Operation['responses'][string], { $ref: string } | undefined>;

function addHeaders(response: Answer, status: string): void {
  const headers: Record<string, string> = {
    'X-Request-Id': 'Find the request in the server’s log by it.',
    ...(status === '429' ? { 'Retry-After': 'Seconds.' } : {}),
  };
  const described = Object.entries(headers).map(([name, description]) => [
    name,
    { description, schema: { type: 'string' } },
  ]);
  response.headers = {
    ...response.headers,
    ...(Object.fromEntries(described) as Answer['headers']),
  };
}
