import { afterEach, describe, expect, it } from '@jest/globals';
import { toolsAround, type ToolsCopy } from './tools-copy.js';
import { readRoot } from './workspace.js';

interface Document {
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { readonly schemas: Record<string, Schema> };
}
interface Operation {
  operationId: string;
  parameters: { name: string; in: string; required?: boolean; schema: Schema }[];
  responses: Record<string, unknown>;
}
interface Schema {
  type?: string;
  enum?: string[];
  maxLength?: number;
  required?: string[];
  properties?: Record<string, Schema>;
}

const released = readRoot('sdk/openapi.released.json');
const open: ToolsCopy[] = [];
afterEach(() => open.splice(0).forEach((copy) => copy.remove()));

async function diff(
  change: (document: Document) => void,
  declared: readonly object[] = [],
): Promise<{ code: number; output: string }> {
  const current = JSON.parse(released) as Document;
  change(current);
  const copy = toolsAround({
    'sdk/openapi.released.json': released,
    'sdk/openapi.json': JSON.stringify(current),
    'sdk/openapi.changes.json': JSON.stringify(declared),
  });
  open.push(copy);
  return copy.run('openapi-diff.mjs');
}

const operation = ({ paths }: Document, path: string, method: string): Operation => {
  const found = paths[path]?.[method];
  if (found === undefined) throw new Error(`no ${method} ${path}`);
  return found;
};
const schema = ({ components }: Document, name: string): Schema => {
  const found = components.schemas[name];
  if (found === undefined) throw new Error(`no schema ${name}`);
  return found;
};
const list = (document: Document) => operation(document, '/api/v1/releases', 'get');

describe('openapi-diff', () => {
  it.each<[string, (document: Document) => void]>([
    [
      'POST /api/v1/clusters: the operation is gone',
      ({ paths }) => delete paths['/api/v1/clusters']?.['post'],
    ],
    [
      'GET /api/v1/releases: operationId was listReleases and is releases',
      (document) => (list(document).operationId = 'releases'),
    ],
    [
      'GET /api/v1/releases: the query parameter "phase" is gone',
      (document) => {
        const { parameters } = list(document);
        list(document).parameters = parameters.filter(({ name }) => name !== 'phase');
      },
    ],
    [
      'GET /api/v1/releases: the query parameter "service" must be sent now',
      (document) =>
        list(document).parameters.forEach((one) => (one.required = one.name === 'service')),
    ],
    [
      'GET /api/v1/releases: it does not answer 200 any more',
      (document) => delete list(document).responses['200'],
    ],
    [
      'the field "because" is gone',
      (document) => delete schema(document, 'Release').properties?.['because'],
    ],
    [
      'the field "because" may be absent now',
      (document) => {
        const release = schema(document, 'Release');
        release.required = (release.required ?? []).filter((name) => name !== 'because');
      },
    ],
    ['the value "cancelled" is gone', (document) => phasesOf(document).pop()],
    [
      'body: the field "description" must be sent now',
      (document) => schema(document, 'ReleaseDocument').required?.push('description'),
    ],
    [
      'body.description: maxLength is 5, which is narrower than before',
      (document) =>
        Object.assign(schema(document, 'ReleaseDocument').properties?.['description'] ?? {}, {
          maxLength: 5,
        }),
    ],
    [
      'the type was integer and is string',
      (document) =>
        Object.assign(schema(document, 'Release').properties?.['revision'] ?? {}, {
          type: 'string',
        }),
    ],
  ])('finds that %s', async (found, change) => {
    const { code, output } = await diff(change);
    expect(output).toContain(found);
    expect(code).toBe(1);
  });

  it('lets everything be added', async () => {
    const { code, output } = await diff((document) => {
      document.paths['/api/v1/new'] = { get: list(document) };
      Object.assign(schema(document, 'Release').properties ?? {}, { new: { type: 'string' } });
      phasesOf(document).push('resting');
      list(document).parameters.push({ name: 'new', in: 'query', schema: { type: 'string' } });
    });
    expect([code, output]).toEqual([
      0,
      expect.stringContaining('0 breaking changes since the release'),
    ]);
  });

  const change = 'POST /api/v1/clusters: the operation is gone';
  const remove = ({ paths }: Document) => void delete paths['/api/v1/clusters']?.['post'];

  it('takes a change that is declared with its reason, and only then', async () => {
    expect((await diff(remove, [{ change, reason: 'PUT does it.' }])).code).toBe(0);
    expect((await diff(remove, [{ change, reason: '' }])).code).toBe(1);
  });

  it('refuses a declaration that fits nothing', async () => {
    const { code, output } = await diff(() => undefined, [{ change, reason: 'PUT does it.' }]);
    expect([code, output]).toEqual([1, expect.stringContaining(`declared, but not so: ${change}`)]);
  });
});

function phasesOf(document: Document): string[] {
  const phases = schema(document, 'Release').properties?.['phase']?.enum;
  if (phases === undefined) throw new Error('a release has phases');
  return phases;
}
