import type { Dice } from '../../simulation/dice.js';

/** What is there, so that operations reach further than "there is no such thing". */
export const known = [
  'shop/catalog',
  'eu-west',
  'us-east',
  'quick',
  'waiting',
  'v1',
  'v2',
  'shop',
  '1m',
  '24h',
] as const;

const texts = [
  '',
  ' ',
  'a',
  'A',
  'a/b',
  'a/b/c',
  '../..',
  'null',
  '-1',
  '1e309',
  '0 or 1=1',
  "'; drop table releases; --",
  '${7*7}',
  '{{7*7}}',
  '__proto__',
  'constructor',
  'http://169.254.169.254/',
  'cluster:eu-west',
  'event:x:1',
  '2026-01-05T10:00:00.000Z',
  '2026-99-99',
  '\u0000',
  '\ud800',
  'ä'.repeat(300),
  'x'.repeat(5_000),
  '😀',
  '\r\nSet-Cookie: a=b',
];
const whole = [0, 1, 2, -1, 50, 200, 201, 100_000, 2_147_483_647, -2_147_483_648];
const numbers = [0, -0, 0.1, 99.99, 100, 100.01, -1, 1e21, 5e-324, 1.797e308];

export const oddText = (dice: Dice, ids: readonly string[]): string =>
  dice.one<string>(dice.next() < 0.6 ? [...known, ...ids] : texts);

export const oddWhole = (dice: Dice): number => dice.one(whole);
export const oddNumber = (dice: Dice): number => dice.one(numbers);

/** For scalars whose parser is behind GraphQL, such as Labels. */
export function oddJson(dice: Dice, ids: readonly string[], depth = 3): unknown {
  const kinds = depth === 0 ? 4 : 6;
  switch (dice.under(kinds)) {
    case 0:
      return null;
    case 1:
      return dice.next() < 0.5;
    case 2:
      return oddNumber(dice);
    case 3:
      return oddText(dice, ids);
    case 4:
      return Array.from({ length: dice.under(3) }, () => oddJson(dice, ids, depth - 1));
    default:
      return Object.fromEntries(
        Array.from({ length: dice.under(3) }, () => [
          oddText(dice, ids),
          oddJson(dice, ids, depth - 1),
        ]),
      );
  }
}
