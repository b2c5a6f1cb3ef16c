import { describe, expect, it } from '@jest/globals';
import { combineMatch } from './combine-match.js';
import type { HttpMatchRequest } from '../istio-object.js';
import type { Fields } from '../spec-fields.js';

type Row = readonly [string, Fields, HttpMatchRequest, Fields | 'apart' | 'unclear'];

const combine = (theirs: Fields, ours: HttpMatchRequest) => {
  const both = combineMatch(theirs, ours, 'shop');
  return typeof both === 'string' ? both : both.match;
};
const rows = (name: string, all: readonly Row[]): void =>
  describe(name, () => {
    it.each(all)('%s', (_, theirs, ours, expected) => {
      expect(combine(theirs, ours)).toEqual(expected);
    });
  });

rows('two texts', [
  ['are the one that is asked for', {}, { method: { exact: 'GET' } }, { method: { exact: 'GET' } }],
  [
    'are the narrower one',
    { uri: { prefix: '/api' } },
    { uri: { exact: '/api/beta' } },
    { uri: { exact: '/api/beta' } },
  ],
  [
    'are theirs where theirs is the narrower one',
    { uri: { prefix: '/api/beta' } },
    { uri: { prefix: '/api' } },
    { uri: { prefix: '/api/beta' } },
  ],
  [
    'are the same pattern',
    { uri: { regex: 'a.*' } },
    { uri: { regex: 'a.*' } },
    { uri: { regex: 'a.*' } },
  ],
  ['are apart', { uri: { exact: '/a' } }, { uri: { exact: '/b' } }, 'apart'],
  [
    'are apart though one begins like the other',
    { uri: { exact: '/a' } },
    { uri: { prefix: '/a/b' } },
    'apart',
  ],
  ['are apart by their beginnings', { uri: { prefix: '/a' } }, { uri: { prefix: '/b' } }, 'apart'],
  [
    'cannot be told when one is a pattern',
    { uri: { regex: '/a.*' } },
    { uri: { exact: '/a' } },
    'unclear',
  ],
]);

rows('the case of a path', [
  [
    'counts where it counts for one of two that are equal',
    { uri: { exact: '/A' } },
    { uri: { exact: '/A' }, ignoreUriCase: true },
    { uri: { exact: '/A' } },
  ],
  [
    'counts where it counts for ours only',
    { uri: { prefix: '/API' }, ignoreUriCase: true },
    { uri: { exact: '/api/x' } },
    { uri: { exact: '/api/x' } },
  ],
  [
    'counts where it counts for theirs only',
    { uri: { exact: '/api/x' } },
    { uri: { prefix: '/API' }, ignoreUriCase: true },
    { uri: { exact: '/api/x' } },
  ],
  [
    'does not count where it does for neither',
    { uri: { prefix: '/Api' }, ignoreUriCase: true },
    { uri: { exact: '/aPI/x' }, ignoreUriCase: true },
    { uri: { exact: '/aPI/x' }, ignoreUriCase: true },
  ],
  [
    'cannot be half of a path',
    { uri: { prefix: '/api' } },
    { uri: { exact: '/API/x' }, ignoreUriCase: true },
    'unclear',
  ],
  [
    'is that of the path which is asked for',
    { ignoreUriCase: true },
    { uri: { exact: '/a' } },
    { uri: { exact: '/a' } },
  ],
  [
    'keeps paths apart',
    { uri: { exact: '/a' }, ignoreUriCase: true },
    { uri: { exact: '/B' } },
    'apart',
  ],
]);

rows('headers and parameters', [
  [
    'are both asked for',
    { headers: { a: { exact: '1' } } },
    { headers: { b: {} }, queryParams: { q: { exact: '2' } } },
    { headers: { a: { exact: '1' }, b: {} }, queryParams: { q: { exact: '2' } } },
  ],
  [
    'of one name are the narrower one: presence is the widest',
    { headers: { a: {} } },
    { headers: { a: { exact: '1' } } },
    { headers: { a: { exact: '1' } } },
  ],
  [
    'are theirs where ours asks for presence only',
    { headers: { a: { regex: 'x|y' } } },
    { headers: { a: {} } },
    { headers: { a: { regex: 'x|y' } } },
  ],
  ['are apart', { headers: { a: { exact: '1' } } }, { headers: { a: { exact: '2' } } }, 'apart'],
  [
    'are apart though another cannot be told',
    { headers: { a: { exact: '1' }, b: { regex: '.' } } },
    { headers: { b: { exact: '2' }, a: { exact: '2' } } },
    'apart',
  ],
  [
    'that must not hold are both refused',
    { withoutHeaders: { a: {} } },
    { withoutHeaders: { b: { exact: '1' } } },
    { withoutHeaders: { a: {}, b: { exact: '1' } } },
  ],
  [
    'that must not hold cannot be told when one has two conditions',
    { withoutHeaders: { a: { exact: '1' } } },
    { withoutHeaders: { a: { exact: '2' } } },
    'unclear',
  ],
]);

rows('callers and gateways', [
  [
    'have both labels',
    { sourceLabels: { app: 'web' } },
    { sourceLabels: { version: 'v2' } },
    { sourceLabels: { app: 'web', version: 'v2' } },
  ],
  [
    'are apart by a label',
    { sourceLabels: { app: 'web' } },
    { sourceLabels: { app: 'cart' } },
    'apart',
  ],
  ['are apart by their namespace', { sourceNamespace: 'a' }, { sourceNamespace: 'b' }, 'apart'],
  ['are apart by the port', { port: 80 }, { port: 81 }, 'apart'],
  [
    'are at the gateways of both',
    { gateways: ['mesh', 'edge/a'] },
    { gateways: ['mesh'] },
    { gateways: ['mesh'] },
  ],
  [
    'are at one gateway however it is written',
    { gateways: ['a'] },
    { gateways: ['shop/a'] },
    { gateways: ['a'] },
  ],
  [
    'are at one gateway by its long name',
    { gateways: ['a.edge.svc.cluster.local'] },
    { gateways: ['edge/a'] },
    { gateways: ['a.edge.svc.cluster.local'] },
  ],
  ['are apart by their gateways', { gateways: ['edge/a'] }, { gateways: ['mesh'] }, 'apart'],
  [
    'take an empty list for none',
    { gateways: [], sourceLabels: {} },
    { gateways: ['mesh'] },
    { gateways: ['mesh'], sourceLabels: {} },
  ],
  [
    'cannot be told: Istio would ignore our labels beside their gateways',
    { gateways: ['mesh'] },
    { sourceLabels: { app: 'web' } },
    'unclear',
  ],
  [
    'cannot be told: Istio would ignore our namespace beside their gateways',
    { gateways: ['mesh'] },
    { sourceNamespace: 'web' },
    'unclear',
  ],
  [
    'cannot be told: Istio would ignore their labels beside our gateways',
    { sourceLabels: { app: 'web' } },
    { gateways: ['mesh'] },
    'unclear',
  ],
  [
    'keep labels that are ignored already',
    { sourceLabels: { app: 'web' }, gateways: ['mesh', 'edge/a'] },
    { gateways: ['mesh'] },
    { sourceLabels: { app: 'web' }, gateways: ['mesh'] },
  ],
]);

it('keeps what it does not know', () => {
  const theirs = { name: 'block', statPrefix: 'x', xFuture: { a: [1] } };
  expect(combine(theirs, { port: 80 })).toEqual({ ...theirs, port: 80 });
});

it('does not change what it was given', () => {
  const theirs = { headers: { a: {} }, sourceLabels: {} };
  combine(theirs, { headers: { a: { exact: '1' }, b: {} }, sourceLabels: { app: 'web' } });
  expect(theirs).toEqual({ headers: { a: {} }, sourceLabels: {} });
});
