import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { buildSchema, findBreakingChanges } from 'graphql';
import { typeDefs } from '../sdl/index.js';

const read = (name: string): Promise<string> =>
  readFile(new URL(`../../${name}`, import.meta.url), 'utf8');

interface Declared {
  readonly change: string;
  /** Why clients must bear it, and what they do instead. */
  readonly reason: string;
}

const breaking = (before: string, after: string): readonly string[] =>
  findBreakingChanges(buildSchema(before), buildSchema(after)).map(
    ({ description }) => description,
  );

describe('what breaks clients of the released schema', () => {
  it('is declared in schema.changes.json with its reason, and nothing else is', async () => {
    const declared = JSON.parse(await read('schema.changes.json')) as readonly Declared[];
    const found = breaking(await read('schema.released.graphql'), typeDefs);
    expect(declared.map(({ change }) => change).toSorted()).toEqual(found.toSorted());
    expect(declared.filter(({ reason }) => reason.trim().length < 20)).toEqual([]);
  });

  it('would be found', async () => {
    const released = await read('schema.released.graphql');
    const changed = released
      .replace('  phase: Phase!', '  state: Phase!')
      .replace('first: Int = 50', 'first: Int!');
    expect(breaking(released, changed).toSorted()).toEqual([
      'Query.clusters arg first has changed type from Int to Int!.',
      'Release.phase was removed.',
    ]);
  });
});
