import { expect, it } from '@jest/globals';
import { isRollbackRequest } from './rollback-operation.js';

it.each([
  'mutation { abortRelease(id: "1") { ... on Release { ...R } } } fragment R on Release { id }',
  'mutation { rejectRelease(id: "1") { __typename } }',
  'mutation { undoRelease(id: "1") { __typename } }',
  'mutation Back($n: ID!) { a: rollbackEgress(name: $n) { __typename } }',
])('lets %s pass every limit', (query) => {
  expect(isRollbackRequest({ query })).toBe(true);
});

it.each([
  '{ releases { edges { node { id } } } } # abortRelease',
  'mutation { abortRelease(id: "1") { __typename } startRelease(input: {}) { __typename } }',
  'mutation { ...All } fragment All on Mutation { abortRelease(id: "1") { __typename } }',
  'mutation { abortRelease(',
])('counts %s', (query) => {
  expect(isRollbackRequest({ query })).toBe(false);
});

it.each([undefined, null, 'abortRelease', [], { query: 1 }])('counts %j', (body) => {
  expect(isRollbackRequest(body)).toBe(false);
});
