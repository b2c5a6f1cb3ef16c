import type { Check, Remark } from '../rule.js';
import { refused, rules } from '../rule.js';
import { headerNameRules, isHeaderName } from './header-name.js';
import type { Spot } from '../spot.js';
import { isClaim } from './claims.js';
import { stringMatch } from './string-match.js';

export const headerMatchRules = rules({
  HEADER_MATCH_NULL: refused('A match on a header is null.', {
    without: 'it is stored, and the condition may be dropped',
    next: 'Write {} to ask that the header is there, or remove it.',
  }),
});

const pseudo = [':method', ':scheme', ':authority', ':path', ':status'];

function* headerName(name: string, spot: Spot): Iterable<Remark> {
  if (name === '') yield headerNameRules.HEADER_NAME_EMPTY.on(spot, 'A header has no name.');
  else if (!isClaim(name) && !pseudo.includes(name) && !isHeaderName(name)) {
    yield headerNameRules.HEADER_NAME_INVALID.on(
      spot,
      `${JSON.stringify(name)} is not the name of a header.`,
    );
  }
}

/** Headers that a request must have. */
export const withHeaders: Check = function* (spot, scope) {
  for (const [name, match] of spot.entries()) {
    if (match.value === null) {
      yield headerMatchRules.HEADER_MATCH_NULL.on(match, `The match on ${name} is null.`);
    }
    yield* headerName(name, match);
    yield* stringMatch(match, scope);
  }
};

/** Headers that a request must not have. Here `*` stands for any value; it is not compiled. */
export const withoutHeaders: Check = function* (spot, scope) {
  for (const [name, match] of spot.entries()) {
    yield* headerName(name, match);
    if (match.at('regex').value !== '*') yield* stringMatch(match, scope);
  }
};
