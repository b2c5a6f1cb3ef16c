import type { Check, Remark } from '../rule.js';
import { frozenRoutes, refused, rules } from '../rule.js';
import { utf8Length } from '../syntax/bytes.js';

const longest = 1024;

export const regexRules = rules({
  REGEX_EMPTY: refused('A regular expression is empty.', {
    without: frozenRoutes,
    next: 'Write the expression; to ask only for presence, write {}.',
  }),
  REGEX_TOO_LONG: refused(`A regular expression has more than ${longest} bytes.`, {
    next: 'Split it over several match blocks.',
  }),
  REGEX_INVALID: refused('A regular expression is not in the RE2 syntax.', {
    without: frozenRoutes,
    next: 'Write it in RE2: no look-around, no back-references. A lone * is not one; write {} to ask for presence.',
  }),
});

/** A regular expression that Envoy can compile. */
export const regex: Check = function* (spot, scope): Iterable<Remark> {
  if (typeof spot.value !== 'string') return;
  const size = utf8Length(spot.text);
  if (size === 0) return yield regexRules.REGEX_EMPTY.on(spot, 'The expression is empty.');
  if (size > longest) {
    return yield regexRules.REGEX_TOO_LONG.on(spot, `The expression has ${size} bytes.`);
  }
  const compiled = scope.regex.compile(spot.text);
  if (compiled.ok) return;
  yield regexRules.REGEX_INVALID.on(spot, `${JSON.stringify(spot.text)}: ${compiled.error}.`);
};
