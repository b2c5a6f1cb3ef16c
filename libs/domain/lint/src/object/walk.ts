import type { Check, Remark } from './rule.js';
import { refusedByServer, rules } from './rule.js';
import type { Spot } from './spot.js';

export const walkRules = rules({
  ITEM_NULL: refusedByServer('A list or a map has an empty entry.', {
    next: 'Remove the entry or fill it in.',
  }),
});

/** Every check on the same spot. */
export const all =
  (...checks: readonly Check[]): Check =>
  (spot, scope) =>
    checks.flatMap((check) => [...check(spot, scope)]);

/** Checks on a field, if it is there. */
export function on(field: string, ...checks: readonly Check[]): Check {
  const check = all(...checks);
  return (spot, scope) => (spot.at(field).isSet ? check(spot.at(field), scope) : []);
}

/** Checks on a field that is an object. */
export function inside(field: string, ...checks: readonly Check[]): Check {
  const check = all(...checks);
  return (spot, scope) => (spot.at(field).isObject ? check(spot.at(field), scope) : []);
}

/** Checks on each object of a list. */
export const each = (field: string, ...checks: readonly Check[]): Check =>
  visit((spot) => spot.at(field).items(), checks);

/** Checks on each text of a list. */
export function eachText(field: string, ...checks: readonly Check[]): Check {
  const check = all(...checks);
  return (spot, scope) =>
    spot
      .at(field)
      .texts()
      .flatMap((text) => [...check(text, scope)]);
}

/** Checks on each object of a map. */
export const eachValue = (field: string, ...checks: readonly Check[]): Check =>
  visit(
    (spot) =>
      spot
        .at(field)
        .entries()
        .map(([, value]) => value),
    checks,
  );

function visit(spots: (spot: Spot) => readonly Spot[], checks: readonly Check[]): Check {
  const check = all(...checks);
  return function* (spot, scope): Iterable<Remark> {
    for (const item of spots(spot)) {
      if (item.value === null) yield walkRules.ITEM_NULL.on(item, 'The entry is null.');
      if (item.isObject) yield* check(item, scope);
    }
  };
}
