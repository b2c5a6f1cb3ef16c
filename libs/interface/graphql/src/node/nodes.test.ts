import { expect, it } from '@jest/globals';
import { buildSchema, getNamedType, isObjectType } from 'graphql';
import { typeDefs } from '../sdl/index.js';
import { idPrefixes } from './global-id.js';
import { nodeIds } from './node-ids.js';

const schema = buildSchema(typeDefs);

/** What is listed and has no id under which it can be asked for again, and why. */
const reasons = new Map([
  ['Look', 'A figure of a step; it is asked for with the others of its metric.'],
  ['HookCall', 'It belongs to its release and has no name of its own.'],
  ['AuditRecord', 'It is read in its place in the chain, never alone.'],
  ['Secret', 'There is nothing to be read of it but its name.'],
  ['OutgoingDelivery', 'Its id is that of the message, which is told elsewhere, too.'],
  ['ReceivedDelivery', 'Its id is that of the release that comes of it.'],
]);

it('everything that is listed is a node, or there is a reason', () => {
  const listed = Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type))
    .filter(({ name }) => name.endsWith('Edge') && name !== 'Edge')
    .flatMap((edge) => Object.values(edge.getFields()).filter(({ name }) => name === 'node'))
    .map(({ type }) => getNamedType(type));
  const nodes = new Set(Object.values(schema.getTypeMap()).filter(isNode));
  const others = listed.filter((type) => !nodes.has(type)).map(({ name }) => name);
  expect(others.toSorted()).toEqual([...reasons.keys()].toSorted());
});

const isNode = (type: unknown): boolean =>
  isObjectType(type) && type.getInterfaces().some(({ name }) => name === 'Node');

it('every node has ids of its own', () => {
  const nodes = Object.values(schema.getTypeMap())
    .filter(isNode)
    .map(({ name }) => name);
  expect(nodes.toSorted()).toEqual(['Release', ...Object.keys(idPrefixes)].toSorted());
  expect(new Set(Object.values(idPrefixes)).size).toBe(Object.keys(idPrefixes).length);
  // Those of the parts of a release are made with it.
  const made = ['Release', 'Rollout', 'Event', ...Object.keys(nodeIds)];
  expect(made.toSorted()).toEqual(nodes.toSorted());
});
