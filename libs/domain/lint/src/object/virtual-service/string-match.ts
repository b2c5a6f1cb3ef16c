import type { Check } from '../rule.js';
import { frozenRoutes, refused, rules } from '../rule.js';
import { regex } from '../shared/regex.js';
import { on } from '../walk.js';

export const stringMatchRules = rules({
  MATCH_PREFIX_EMPTY: refused('A match asks for an empty prefix.', {
    without: frozenRoutes,
    next: 'Write the prefix; to ask only for presence, write {}.',
  }),
});

/** What a path may ask for: an empty prefix fits every path. */
export const pathMatch: Check = on('regex', regex);

export const stringMatch: Check = function* (spot, scope) {
  if (spot.at('prefix').value === '') {
    yield stringMatchRules.MATCH_PREFIX_EMPTY.on(spot.at('prefix'), 'The prefix is empty.');
  }
  yield* pathMatch(spot, scope);
};
