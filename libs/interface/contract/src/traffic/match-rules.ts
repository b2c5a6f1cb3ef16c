import type { RequestMatch, TextMatch, TextMatches } from '@spillway/domain-traffic';

/** What a schema cannot say about a match: where, and what to write instead. */
export interface MatchFault {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** RFC 9110, 5.6.2. */
const token = /^[!#$%&'*+\-.^_`|~\w]+$/;

export const isToken = (text: string): boolean => token.test(text);

/** What Istio accepts and then reads as something else, or refuses without saying which field it was. */
export const faultsOf = (match: RequestMatch): readonly MatchFault[] => [
  ...noCondition(match),
  ...emptyPrefixes(match),
  ...pathCase(match),
  ...method(match),
  ...headerNames('headers', match.headers),
  ...headerNames('withoutHeaders', match.withoutHeaders),
  ...cookies(match),
];

/** `ignoreUriCase` alone asks for nothing. */
const conditions = ({ ignoreUriCase: _how, ...rest }: RequestMatch): readonly string[] =>
  Object.keys(rest);

const fault = (message: string, ...path: readonly string[]): MatchFault => ({ path, message });

const noCondition = (match: RequestMatch): readonly MatchFault[] =>
  conditions(match).length > 0
    ? []
    : [fault('matches every request; name a condition, or set a weight instead')];

const single = ['uri', 'method', 'authority', 'scheme'] as const;
const named = ['headers', 'withoutHeaders', 'queryParams', 'cookies'] as const;

function emptyPrefixes(match: RequestMatch): readonly MatchFault[] {
  return [
    ...single.flatMap((field) => {
      const text = match[field];
      if (text === undefined) return [];
      if ('present' in text) return [fault('is there in every request; say which', field)];
      return field !== 'uri' && isEmptyPrefix(text) ? [emptyPrefix(field)] : [];
    }),
    ...named.flatMap((field) =>
      Object.entries(match[field] ?? {})
        .filter(([, text]) => isEmptyPrefix(text))
        .map(([name]) => emptyPrefix(field, name)),
    ),
  ];
}

const isEmptyPrefix = (text: TextMatch): boolean => 'prefix' in text && text.prefix === '';

const emptyPrefix = (...path: readonly string[]): MatchFault =>
  fault('must not be empty; for any value at all write { present: true }', ...path, 'prefix');

function pathCase({ uri, ignoreUriCase }: RequestMatch): readonly MatchFault[] {
  if (ignoreUriCase !== true || (uri !== undefined && ('exact' in uri || 'prefix' in uri))) {
    return [];
  }
  return [
    fault(
      'needs uri with exact or prefix; in a regex write (?i) at its beginning',
      'ignoreUriCase',
    ),
  ];
}

function method({ method: match }: RequestMatch): readonly MatchFault[] {
  if (match === undefined || !('exact' in match)) return [];
  const upper = match.exact.toUpperCase();
  return match.exact === upper
    ? []
    : [fault(`"${match.exact}" is no method; write "${upper}"`, 'method', 'exact')];
}

/** Fields that say what a pseudo header of HTTP/2 holds. */
const pseudoHeaders: Readonly<Record<string, string>> = {
  ':authority': 'authority',
  ':method': 'method',
  ':path': 'uri',
  ':scheme': 'scheme',
};

const headerNames = (field: string, headers: TextMatches = {}): readonly MatchFault[] =>
  Object.keys(headers).flatMap((name) => {
    const wrong = headerName(name);
    return wrong === undefined ? [] : [fault(wrong, field, name)];
  });

function headerName(name: string): string | undefined {
  if (name.startsWith(':')) {
    const meant = pseudoHeaders[name];
    return meant === undefined
      ? `"${name}" is a pseudo header, which cannot be matched`
      : `"${name}" is a pseudo header; write ${meant} instead`;
  }
  if (!isToken(name)) return `"${name}" is not the name of a header`;
  const lower = name.toLowerCase();
  return name === lower ? undefined : `header names are in lower case here; write "${lower}"`;
}

/** Cookies become a pattern of the cookie header, which is limited as every pattern is. */
const longestCookie = 400;

function cookies({ cookies: wanted = {}, headers = {} }: RequestMatch): readonly MatchFault[] {
  const entries = Object.entries(wanted);
  if (entries.length > 1) {
    return [
      fault('names several; one pattern can look for one cookie only, in any order', 'cookies'),
    ];
  }
  if (entries.length === 1 && 'cookie' in headers) {
    return [fault('is the header in which cookies are; give one of the two', 'headers', 'cookie')];
  }
  return entries.flatMap(([name, text]) => {
    if (!isToken(name)) return [fault(`"${name}" is not the name of a cookie`, 'cookies', name)];
    const isLong = Object.values(text).some((value) => String(value).length > longestCookie);
    return isLong ? [fault(`must be at most ${longestCookie} characters`, 'cookies', name)] : [];
  });
}
