import { describe, expect, it } from '@jest/globals';
import { applyPatch } from './apply-patch.js';
import { pointer, type PatchOperation } from './patch.js';

const document = { a: { 'x/y~z': 1 }, list: [{ n: 1 }, { n: 2 }], none: null };
const after = (...operations: readonly PatchOperation[]) =>
  applyPatch<unknown>(document, operations);

describe('a patch', () => {
  it.each<[string, PatchOperation, unknown]>([
    ['adds a field', { op: 'add', path: '/b', value: 1 }, { ...document, b: 1 }],
    ['adds over a field that is there', { op: 'add', path: '/a', value: 1 }, { ...document, a: 1 }],
    [
      'adds before an item',
      { op: 'add', path: '/list/1', value: 0 },
      { ...document, list: [{ n: 1 }, 0, { n: 2 }] },
    ],
    [
      'adds behind the last',
      { op: 'add', path: '/list/-', value: 0 },
      { ...document, list: [...document.list, 0] },
    ],
    [
      'adds at the end by number',
      { op: 'add', path: '/list/2', value: 0 },
      { ...document, list: [...document.list, 0] },
    ],
    [
      'replaces a field',
      { op: 'replace', path: '/list/0/n', value: 9 },
      { ...document, list: [{ n: 9 }, { n: 2 }] },
    ],
    [
      'replaces an item',
      { op: 'replace', path: '/list/1', value: 9 },
      { ...document, list: [{ n: 1 }, 9] },
    ],
    ['removes a field', { op: 'remove', path: '/none' }, { a: document.a, list: document.list }],
    ['removes an item', { op: 'remove', path: '/list/0' }, { ...document, list: [{ n: 2 }] }],
    [
      'tests a field with signs in its name',
      { op: 'test', path: pointer('a', 'x/y~z'), value: 1 },
      document,
    ],
    [
      'tests maps whatever their order',
      { op: 'test', path: '/list', value: [{ n: 1 }, { n: 2 }] },
      document,
    ],
  ])('%s', (_, operation, expected) => {
    expect(after(operation)).toEqual(expected);
  });

  it.each<[string, PatchOperation]>([
    ['a test that fails', { op: 'test', path: '/list/0/n', value: 2 }],
    ['a test of what is not there', { op: 'test', path: '/b', value: undefined }],
    ['a list for a map', { op: 'test', path: '/list', value: { 0: { n: 1 }, 1: { n: 2 } } }],
    ['a removal of what is not there', { op: 'remove', path: '/b' }],
    ['a replacement of what is not there', { op: 'replace', path: '/b', value: 1 }],
    ['an addition below what is not there', { op: 'add', path: '/b/c', value: 1 }],
    ['an addition beyond the end', { op: 'add', path: '/list/3', value: 1 }],
    ['a replacement at the end', { op: 'replace', path: '/list/-', value: 1 }],
    ['a number that is none', { op: 'remove', path: '/list/' }],
    ['a number with a zero before it', { op: 'remove', path: '/list/01' }],
    ['a field of a text', { op: 'add', path: '/a/x~1y~0z/deep', value: 1 }],
    ['a field that every object inherits', { op: 'test', path: '/a/constructor', value: {} }],
    ['the whole document', { op: 'replace', path: '', value: {} }],
  ])('changes nothing with %s', (_, operation) => {
    expect(after({ op: 'add', path: '/first', value: 1 }, operation)).toBeUndefined();
  });

  it('leaves the document that it was made of as it was', () => {
    const before = structuredClone(document);
    after({ op: 'remove', path: '/list/0' }, { op: 'add', path: '/a/b', value: 1 });
    expect(document).toEqual(before);
  });
});
