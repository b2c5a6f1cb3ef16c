import type { Check, Remark } from '../rule.js';
import { refused, rules, silent } from '../rule.js';
import { optionalPort } from '../shared/port.js';
import type { Spot } from '../spot.js';

export const redirectRules = rules({
  REDIRECT_EMPTY: refused('A redirect does not say where to.', {
    without: 'it is stored, and clients are sent back to the same place',
    next: 'Add uri, authority, scheme or port.',
  }),
  REDIRECT_CODE_RANGE: refused('The status of a redirect is not 3xx.', {
    next: 'Write 301, 302, 303, 307 or 308.',
  }),
  REDIRECT_CODE_UNTRANSLATED: silent('The status of a redirect is one that istiod cannot send.', {
    consequence: 'The route is made without an action, and the redirect does not happen.',
    next: 'Write 301, 302, 303, 307 or 308.',
  }),
  REDIRECT_SCHEME_UNKNOWN: refused('The scheme of a redirect is not http or https.', {
    next: 'Write http or https.',
  }),
  REDIRECT_URI_AND_PREFIX: refused('A redirect has both uri and prefixRewrite.', {
    without: 'it is stored, and one of the two is ignored',
    next: 'Keep one of the two.',
  }),
  REDIRECT_PREFIX_WITHOUT_PREFIX: refused(
    'prefixRewrite stands beside a match that is no prefix.',
    {
      next: 'Match uri.prefix in every match block of the rule.',
    },
  ),
});

const translated = [301, 302, 303, 307, 308];
const targets = ['uri', 'authority', 'scheme', 'port', 'derivePort', 'prefixRewrite'];

export const redirect: Check = function* (http, scope) {
  const spot = http.at('redirect');
  if (!spot.isObject) return;
  if (targets.every((field) => !spot.at(field).isSet || spot.at(field).value === '')) {
    yield redirectRules.REDIRECT_EMPTY.on(spot, 'No part of the place is named.');
  }
  yield* code(spot.at('redirectCode'));
  yield* scheme(spot.at('scheme'));
  yield* optionalPort(spot.at('port'), scope);
  if (spot.at('prefixRewrite').text !== '') yield* prefix(http, spot);
};

function* code(spot: Spot): Iterable<Remark> {
  const status = spot.number ?? 0;
  if (status === 0 || translated.includes(status)) return;
  const rule =
    status < 300 || status > 399
      ? redirectRules.REDIRECT_CODE_RANGE
      : redirectRules.REDIRECT_CODE_UNTRANSLATED;
  yield rule.on(spot, `Status ${status} is not one of ${translated.join(', ')}.`);
}

function* scheme(spot: Spot): Iterable<Remark> {
  if (['', 'http', 'https'].includes(spot.text)) return;
  yield redirectRules.REDIRECT_SCHEME_UNKNOWN.on(
    spot,
    `Scheme ${JSON.stringify(spot.text)} is not http or https.`,
  );
}

function* prefix(http: Spot, redirected: Spot): Iterable<Remark> {
  const spot = redirected.at('prefixRewrite');
  if (redirected.at('uri').text !== '') {
    yield redirectRules.REDIRECT_URI_AND_PREFIX.on(spot, 'uri is set too.');
  }
  const uris = http
    .at('match')
    .items()
    .map((match) => match.at('uri'));
  const other = uris.find((uri) => uri.isSet && !uri.at('prefix').isSet);
  if (other === undefined) return;
  yield redirectRules.REDIRECT_PREFIX_WITHOUT_PREFIX.on(spot, `${other.path} is not a prefix.`);
}
