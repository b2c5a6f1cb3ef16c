import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadConfig } from './load-config.js';

const needed = {
  DATABASE_URL: 'postgres://spillway:secret@127.0.0.1:5432/spillway',
  SPILLWAY_ENCRYPTION_KEY: 'ab'.repeat(32),
};
const outside = { SPILLWAY_HOST: '0.0.0.0', SPILLWAY_TOKEN: 'a-token-of-16-letters' };
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'spillway-safelist-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('the settings of GraphQL', () => {
  it('tell the schema to every caller on loopback, and elsewhere to those with a role', () => {
    const introspection = (env: object) => loadConfig({ ...needed, ...env }).graphql.introspection;
    expect(introspection({})).toBe('callers');
    expect(introspection(outside)).toBe('roles');
    expect(introspection({ SPILLWAY_GRAPHQL_INTROSPECTION: 'nobody' })).toBe('nobody');
  });

  it('name a list of the only operations that are answered', () => {
    const file = join(folder, 'operations.json');
    writeFileSync(file, JSON.stringify({ live: '{ viewer { actor } }' }));
    const { safelist } = loadConfig({ ...needed, SPILLWAY_GRAPHQL_SAFELIST: file }).graphql;
    expect(safelist?.has('{ viewer { actor } }')).toBe(true);
    expect(loadConfig(needed).graphql).not.toHaveProperty('safelist');
  });

  it('say when the list cannot be read', () => {
    const env = { ...needed, SPILLWAY_GRAPHQL_SAFELIST: '/nowhere/operations.json' };
    expect(() => loadConfig(env)).toThrow(/"\/nowhere\/operations.json" cannot be read/);
  });
});
