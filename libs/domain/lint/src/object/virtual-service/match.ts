import type { Check } from '../rule.js';
import { refused, rules, silent } from '../rule.js';
import { labels } from '../shared/labels.js';
import { optionalPort } from '../shared/port.js';
import { isDnsLabel } from '../syntax/dns.js';
import { all, eachValue, inside, on } from '../walk.js';
import { gatewayNames } from './gateways.js';
import { withHeaders, withoutHeaders } from './header-match.js';
import { pathMatch, stringMatch } from './string-match.js';

export const matchRules = rules({
  SOURCE_NAMESPACE_INVALID: refused('sourceNamespace is not a namespace.', {
    without: 'it is stored, and no client fits it',
    next: 'Write the name of one namespace.',
  }),
  MATCH_SOURCE_IGNORED: silent('A match names gateways and the source of a request.', {
    consequence:
      'istiod drops the conditions on the source, so the match fits every client of these gateways.',
    next: 'Move the conditions on the source into a match block without gateways.',
  }),
  MATCH_CASE_OF_REGEX: silent('ignoreUriCase stands beside a regular expression.', {
    consequence: 'The case still matters, for ignoreUriCase holds for exact and prefix only.',
    next: 'Begin the expression with (?i).',
  }),
});

const sourceNamespace: Check = function* (spot) {
  if (spot.text === '' || isDnsLabel(spot.text)) return;
  yield matchRules.SOURCE_NAMESPACE_INVALID.on(
    spot,
    `${JSON.stringify(spot.text)} is not a namespace.`,
  );
};

/** `match.gateways` switches the conditions on the source off; they say which proxies get the route. */
const ignoredSource: Check = function* (match) {
  if (match.at('gateways').items().length === 0) return;
  const given = [match.at('sourceLabels'), match.at('sourceNamespace')].filter(
    (spot) => spot.text !== '' || spot.entries().length > 0,
  );
  for (const spot of given) {
    yield matchRules.MATCH_SOURCE_IGNORED.on(spot, 'It has no effect beside gateways.');
  }
};

const caseOfRegex: Check = function* (match) {
  if (match.at('ignoreUriCase').value !== true || !match.at('uri').at('regex').isSet) return;
  yield matchRules.MATCH_CASE_OF_REGEX.on(
    match.at('ignoreUriCase'),
    'It has no effect on a regular expression.',
  );
};

/** Which proxies get a route. The same in http, tls and tcp. */
export const clientMatch: Check = all(
  on('port', optionalPort),
  on('sourceLabels', labels),
  on('sourceNamespace', sourceNamespace),
  gatewayNames,
);

export const httpMatch: Check = all(
  inside('headers', withHeaders),
  inside('withoutHeaders', withoutHeaders),
  inside('uri', pathMatch),
  ...['scheme', 'method', 'authority'].map((field) => inside(field, stringMatch)),
  eachValue('queryParams', stringMatch),
  clientMatch,
  ignoredSource,
  caseOfRegex,
);
