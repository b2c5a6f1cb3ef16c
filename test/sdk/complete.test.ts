import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { Spillway } from '@spillway/sdk';

const root = join(import.meta.dirname, '..', '..');

const { paths } = JSON.parse(readFileSync(join(root, 'sdk', 'openapi.json'), 'utf8')) as {
  paths: Readonly<Record<string, Readonly<Record<string, object>>>>;
};

const operations = Object.entries(paths).flatMap(([path, methods]) =>
  Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
);

const sourcesBelow = (folder: string): string =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !/\.test\.ts$|^generated|^testing/.test(name))
    .map((name) => readFileSync(join(root, folder, name), 'utf8'))
    .join('\n');

/** Operations that the SDK leaves out, and why. */
const withoutMethod: Readonly<Record<string, string>> = {
  'POST /api/v1/clusters': 'put does it, and can be repeated',
  'POST /api/v1/services': 'put does it, and can be repeated',
  'POST /api/v1/strategies': 'put does it, and can be repeated',
};

/** Methods of the SDK that no command calls, and why. */
const withoutCommand: Readonly<Record<string, string>> = {
  'releases.watchAll': 'for programs; the console shows all releases',
};

it('the SDK has a method for every operation of the contract', () => {
  const calls = [
    ...sourcesBelow('sdk/src').matchAll(/\b(GET|HEAD|PUT|POST|PATCH|DELETE)\(\s*[`'"]([^`'"]+)/g),
  ].map(([, method = '', path = '']) => {
    const pattern = path
      .replaceAll(/[{}.]/g, String.raw`\$&`)
      .replaceAll(/\$\\\{[^}]*\\\}/g, String.raw`[\w-]+`);
    return new RegExp(`^${method} ${pattern}$`);
  });
  const missing = operations.filter((one) => !calls.some((call) => call.test(one)));
  expect(missing.filter((one) => !(one in withoutMethod))).toEqual([]);
  expect(Object.keys(withoutMethod).filter((one) => !missing.includes(one))).toEqual([]);
});

const spillway = new Spillway({ baseUrl: 'http://spillway.test', token: 't' });

/** `releases.start` and the like. */
const methods = Object.entries(spillway).flatMap(([resource, object]: [string, object]) =>
  resource === 'api' || resource === 'options'
    ? []
    : Object.getOwnPropertyNames(Object.getPrototypeOf(object))
        .filter((method) => method !== 'constructor')
        .map((method) => `${resource}.${method}`),
);

it('the CLI has a command for every method of the SDK', () => {
  const source = sourcesBelow('apps/cli/src');
  const isCalled = (name: string): boolean => {
    const [resource = '', method = ''] = name.split('.');
    // Commands that differ in their verb only are made from a table of verbs.
    return (
      source.includes(`${resource}.${method}(`) ||
      new RegExp(`\\b${method}:|'${method}'|releases\\.${method}`).test(source)
    );
  };
  expect(methods.length).toBeGreaterThan(50);
  const missing = methods.filter((name) => !isCalled(name));
  expect(missing.filter((one) => !(one in withoutCommand))).toEqual([]);
  expect(Object.keys(withoutCommand).filter((one) => !missing.includes(one))).toEqual([]);
});
