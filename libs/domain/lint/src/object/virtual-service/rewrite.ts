import type { Check } from '../rule.js';
import { refused, rules } from '../rule.js';
import { regex } from '../shared/regex.js';

export const rewriteRules = rules({
  REWRITE_URI_AND_REGEX: refused('A rewrite has both uri and uriRegexRewrite.', {
    without: 'it is stored, and one of the two is ignored',
    next: 'Keep one of the two.',
  }),
  REWRITE_EMPTY: refused('A rewrite says nothing to rewrite.', {
    without: 'it is stored, and does nothing',
    next: 'Add uri, uriRegexRewrite or authority, or remove rewrite.',
  }),
  REWRITE_REGEX_INCOMPLETE: refused('uriRegexRewrite lacks match or rewrite.', {
    next: 'Write both match and rewrite.',
  }),
});

export const rewrite: Check = function* (spot, scope) {
  const uri = spot.at('uri').text;
  const pattern = spot.at('uriRegexRewrite');
  if (uri !== '' && pattern.isSet) {
    yield rewriteRules.REWRITE_URI_AND_REGEX.on(pattern, `uri ${JSON.stringify(uri)} is set too.`);
  }
  if (uri === '' && !pattern.isSet && spot.at('authority').text === '') {
    yield rewriteRules.REWRITE_EMPTY.on(spot, 'No part of the request is named.');
  }
  if (!pattern.isObject) return;
  if (pattern.at('match').text === '' || pattern.at('rewrite').text === '') {
    yield rewriteRules.REWRITE_REGEX_INCOMPLETE.on(pattern, 'match or rewrite is empty.');
  } else {
    yield* regex(pattern.at('match'), scope);
  }
};
