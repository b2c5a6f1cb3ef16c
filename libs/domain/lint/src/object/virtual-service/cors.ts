import type { Check } from '../rule.js';
import { refused, rules } from '../rule.js';
import { duration } from '../shared/duration.js';
import { regex } from '../shared/regex.js';
import { parseDuration } from '../syntax/duration.js';
import { all, each, eachText, on } from '../walk.js';
import { headerNameRules, isHeaderName } from './header-name.js';

export const corsRules = rules({
  CORS_ORIGIN_EMPTY: refused('An allowed origin is empty.', {
    without: 'it is stored, and the origin fits no request',
    next: 'Write exact, prefix or regex with a value.',
  }),
  CORS_METHOD_UNKNOWN: refused('An allowed method is not an HTTP method.', {
    without: 'it is stored, and sent to browsers as it is',
    next: 'Write a method in capitals, or *.',
  }),
  CORS_MAX_AGE_TOO_FINE: refused('maxAge is not a whole number of seconds.', {
    without: 'it is stored and rounded',
    next: 'Write whole seconds.',
  }),
});

const methods = [
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'CONNECT',
  'OPTIONS',
  'TRACE',
  '*',
];

const origin: Check = function* (spot) {
  const given = ['exact', 'prefix', 'regex'].some((field) => spot.at(field).text !== '');
  if (given) return;
  yield corsRules.CORS_ORIGIN_EMPTY.on(spot, 'The origin has no value.');
};

/** An empty expression is an empty origin, which is said already. */
const originRegex: Check = (spot, scope) => (spot.text === '' ? [] : regex(spot, scope));

const method: Check = function* (spot) {
  if (methods.includes(spot.text)) return;
  yield corsRules.CORS_METHOD_UNKNOWN.on(spot, `${JSON.stringify(spot.text)} is not a method.`);
};

const header: Check = function* (spot) {
  if (spot.text === '') yield headerNameRules.HEADER_NAME_EMPTY.on(spot, 'A header has no name.');
  else if (!isHeaderName(spot.text)) {
    yield headerNameRules.HEADER_NAME_INVALID.on(
      spot,
      `${JSON.stringify(spot.text)} is not the name of a header.`,
    );
  }
};

const wholeSeconds: Check = function* (spot) {
  const nanos = parseDuration(spot.text) ?? 0;
  if (nanos % 1e9 === 0) return;
  yield corsRules.CORS_MAX_AGE_TOO_FINE.on(spot, `${spot.text} is not a whole number of seconds.`);
};

export const cors: Check = all(
  each('allowOrigins', origin, on('regex', originRegex)),
  eachText('allowMethods', method),
  eachText('allowHeaders', header),
  eachText('exposeHeaders', header),
  on('maxAge', duration, wholeSeconds),
);
