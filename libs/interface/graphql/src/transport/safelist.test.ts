import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { parseSafelist } from './safelist.js';

const query = 'query live { services { edges { node { name } } } }';
const hash = createHash('sha256').update(query).digest('hex');

describe('a list of operations', () => {
  it.each([
    ['Apollo', { format: 'apollo-persisted-query-manifest', operations: [{ body: query }] }],
    ['Relay', { [hash]: query }],
  ])('is read as %s writes it', (_, manifest) => {
    const list = parseSafelist(JSON.stringify(manifest));
    expect(list.has(query)).toBe(true);
    expect(list.has(`${query} `)).toBe(false);
    expect([list.find(hash), list.find('0'.repeat(64))]).toEqual([query, undefined]);
  });

  it.each([
    ['', 'it is not JSON'],
    ['[]', 'it has no operation'],
    ['7', 'it is not an object'],
    ['{ "operations": [{ "body": "{ a }" }, null] }', 'operation 2 is no text'],
  ])('that is %p stops the server', (text, why) => {
    expect(() => parseSafelist(text)).toThrow(why);
  });
});
