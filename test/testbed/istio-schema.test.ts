import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { laterFields, newestKnownMinor, sinceMinor, sinceOf } from '@spillway/domain-lint';
import { fieldsOfSchema, generateShapes, specSchemas } from '@spillway/domain-lint/testing';
import { go } from './src/go-build.js';
import { makeTempFolder, removeTempFolder } from './src/temp-folder.js';

/** Releases of the module that carries Istio's CRDs, oldest first, with their checksums. */
const releases = [
  { minor: 26, version: 'v1.26.4', sum: 'h1:UTY9bm+aXznG5bRHs1l0vuaG8mN+dBg0EIY0sRsvAHM=' },
  { minor: 29, version: 'v1.29.6', sum: 'h1:O7xvL89MJut2Lho0L27XDeB+WO8eb8seyDd9+zjaVGc=' },
  { minor: 30, version: 'v1.30.3', sum: 'h1:pPSa0uah/t7CEuwacS4rw5qK/oHGvxC0WO8i4RRGwEU=' },
] as const;

const committed = fileURLToPath(
  new URL('../../libs/domain/lint/src/schema/generated/shapes.ts', import.meta.url),
);

let folder: string;
const crds = new Map<number, string>();

beforeAll(async () => {
  folder = await makeTempFolder('istio-schema');
  for (const { minor, version, sum } of releases) {
    const answer = await go(folder, ['mod', 'download', '-json', `istio.io/api@${version}`]);
    const { Dir, Sum } = JSON.parse(answer) as { Dir: string; Sum: string };
    expect(Sum).toBe(sum);
    const file = join(Dir, 'kubernetes', 'customresourcedefinitions.gen.yaml');
    crds.set(minor, readFileSync(file, 'utf8'));
  }
});
afterAll(() => removeTempFolder(folder));

const crdsOf = (minor: number): string => crds.get(minor) ?? '';

const fieldsOf = (minor: number): ReadonlySet<string> =>
  new Set(Object.values(specSchemas(crdsOf(minor))).flatMap((schema) => fieldsOfSchema(schema)));

describe("what lint knows of Istio's schema", () => {
  it('is what the CRDs of the newest known Istio say', async () => {
    const text = await generateShapes(crdsOf(newestKnownMinor), committed);
    if (process.env['UPDATE_STORIES'] === '1') writeFileSync(committed, text);
    expect(readFileSync(committed, 'utf8')).toBe(text);
  });

  it.each([
    [26, 29],
    [29, 30],
  ])('says of each field that is new between 1.%i and 1.%i since when', (before, after) => {
    const known = fieldsOf(before);
    const added = [...fieldsOf(after)].filter((field) => !known.has(field));
    // What is inside of a new field is as new as the field.
    const outermost = added.filter((field) => !added.some((other) => isInside(field, other)));
    const untold = outermost.filter((field) => {
      const since = sinceOf(field) ?? 0;
      return since <= before || since > after;
    });
    expect(outermost.length).toBeGreaterThan(0);
    expect(untold).toEqual([]);
  });

  it('claims of no field of the oldest that it is newer', () => {
    const wrong = [...fieldsOf(26)].filter((field) => (sinceOf(field) ?? 0) > 26);
    expect(wrong).toEqual([]);
  });

  it('names no field that no Istio has', () => {
    const all = [...fieldsOf(newestKnownMinor)];
    const unknown = Object.keys(sinceMinor).filter(
      (end) => !laterFields.includes(end) && !all.some((field) => `.${field}`.endsWith(`.${end}`)),
    );
    expect(unknown).toEqual([]);
  });
});

const isInside = (field: string, other: string): boolean => field.startsWith(`${other}.`);
