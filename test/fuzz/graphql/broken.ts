import type { Dice } from '../../simulation/dice.js';
import { oddJson, oddText } from './odd-values.js';
import type { SomeOperation } from './some-operation.js';

const pieces = ['{', '}', '(', ')', '$', '"', '"""', '...', '@skip', ':', '!', '[', '#', '\u0000'];

type Break = (operation: SomeOperation, dice: Dice) => unknown;

const cut = ({ query }: SomeOperation, dice: Dice): string => {
  const at = dice.under(query.length);
  return query.slice(0, at) + query.slice(at + 1 + dice.under(8));
};

/** Each makes something of an operation that a client could send by mistake or on purpose. */
const breaks: readonly Break[] = [
  (operation, dice) => ({ ...operation, query: cut(operation, dice) }),
  (operation, dice) => {
    const at = dice.under(operation.query.length);
    const query = operation.query.slice(0, at) + dice.one(pieces) + operation.query.slice(at);
    return { ...operation, query };
  },
  (operation, dice) => ({
    ...operation,
    variables: Object.fromEntries(
      Object.keys(operation.variables).map((name) => [name, oddJson(dice, [])]),
    ),
  }),
  ({ query }) => ({ query, variables: {} }),
  ({ query }, dice) => ({ query, variables: oddJson(dice, []) }),
  ({ query }, dice) => ({ query, operationName: oddText(dice, []) }),
  (operation, dice) => ({ ...operation, extensions: oddJson(dice, []) }),
  ({ query, variables }) => [{ query, variables }],
  ({ query }) => ({ query: query.repeat(2) }),
  ({ query }) => ({ query: query.replace('{', '@include(if: true) {') }),
  ({ query }) => ({ query: `{ ${query} }` }),
  (_, dice) => oddJson(dice, []),
  (_, dice) => ({ query: oddJson(dice, []) }),
  () => ({ query: `${'{ a '.repeat(2_000)}${'}'.repeat(2_000)}` }),
];

/** Something like the operation, most probably not valid any more. */
export const broken = (operation: SomeOperation, dice: Dice): unknown =>
  dice.one(breaks)(operation, dice);
