import { describe, expect, it } from '@jest/globals';
import * as sdk from '@spillway/sdk';
import { blocksOf, inlineCode, pages, readRoot } from './pages.js';

interface Document {
  readonly paths: Readonly<Record<string, object>>;
}

const { paths } = JSON.parse(readRoot('sdk/openapi.json')) as Document;
const known = new Set([
  ...Object.keys(paths),
  '/api/v1/docs',
  '/api/v1/openapi.json',
  '/graphql',
  '/graphql/stream',
]);

describe('what the pages say of the API', () => {
  it('names only addresses that are served', () => {
    const named = pages.flatMap((page) =>
      inlineCode(page)
        .map((code) => code.replace(/^(?:GET|POST|PUT|DELETE) /, ''))
        .filter((code) => /^\/(?:api|health|graphql)\b/.test(code)),
    );
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((address) => !known.has(address))).toEqual([]);
  });

  it('imports only what the SDK exports', () => {
    const imports = blocksOf('ts').flatMap(({ text }) =>
      [...text.matchAll(/import \{([^}]*)\} from '@spillway\/sdk'/g)].flatMap(([, names = '']) =>
        names.split(',').map((name) => name.trim()),
      ),
    );
    expect(imports.length).toBeGreaterThan(0);
    expect(imports.filter((name) => !(name in sdk))).toEqual([]);
  });

  it('gives an example of a problem with the fields of one', () => {
    const shown = blocksOf('json').map(({ text }) => JSON.parse(text) as object);
    const example = shown.find((one) => 'code' in one);
    const { components } = JSON.parse(readRoot('sdk/openapi.json')) as {
      components: { schemas: { Problem: { properties: object } } };
    };
    const fields = Object.keys(components.schemas.Problem.properties);
    expect(Object.keys(example ?? {}).toSorted()).toEqual(fields.toSorted());
  });
});
