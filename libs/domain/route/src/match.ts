import type { RegexEngine } from '@spillway/domain-istio';
import type { Conditions, NamedCondition, PathCondition } from './conditions.js';
import type { HttpRequest } from './mesh.js';
import { inWords } from './read/text-match.js';
import type { TextMatch } from './read/text-match.js';

/** A request as a proxy compares it. */
export interface SeenRequest {
  readonly path: string;
  readonly query: ReadonlyMap<string, string>;
  readonly headers: ReadonlyMap<string, string>;
  readonly claims: Readonly<Record<string, string | readonly string[]>>;
}

export function seen(request: HttpRequest): SeenRequest {
  const [path, query] = splitOnce(request.path.split('#', 1)[0] ?? '', '?');
  const headers = new Map(
    Object.entries(request.headers ?? {}).map(([name, value]) => headerLine(name, value)),
  );
  headers.set(':method', request.method ?? 'GET');
  headers.set(':authority', request.host);
  headers.set('host', request.host);
  headers.set(':path', request.path);
  headers.set(':scheme', request.scheme ?? 'http');
  return { path, query: parseQuery(query), headers, claims: request.claims ?? {} };
}

/** Several lines are one value to every match; cookies, by their own standard, join differently. */
function headerLine(name: string, value: string | readonly string[]): [string, string] {
  const key = name.toLowerCase();
  return [key, typeof value === 'string' ? value : value.join(key === 'cookie' ? '; ' : ',')];
}

function splitOnce(text: string, by: string): [string, string | undefined] {
  const at = text.indexOf(by);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

/** The first value of a key counts; nothing is decoded. */
function parseQuery(query: string | undefined): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const pair of query === undefined || query === '' ? [] : query.split('&')) {
    const [key, value = ''] = splitOnce(pair, '=');
    if (!values.has(key)) values.set(key, value);
  }
  return values;
}

/** The first condition that the request does not meet, in words; `undefined` when it meets all. */
export function unmet(
  { path, headers, query, claims }: Conditions,
  request: SeenRequest,
  regex: RegexEngine,
): string | undefined {
  const holds = (match: TextMatch, value: string): boolean => textHolds(match, value, regex);
  if (!pathHolds(path, request.path, holds)) return `path is not ${inWords(path.match)}`;
  const header = headers.find((condition) => !headerHolds(condition, request, holds));
  if (header)
    return failed(header.name.startsWith(':') ? header.name : `header ${header.name}`, header);
  const parameter = query.find(({ name, match }) => {
    const value = request.query.get(name);
    return value === undefined || !holds(match, value);
  });
  if (parameter) return failed(`query parameter ${parameter.name}`, parameter);
  const claim = claims.find((condition) => !claimHolds(condition, request, holds));
  return claim && failed(`JWT claim ${claim.name}`, claim);
}

const failed = (what: string, { match, inverted }: NamedCondition): string =>
  inverted ? `${what} is ${inWords(match)}` : `${what} is not ${inWords(match)}`;

type Holds = (match: TextMatch, value: string) => boolean;

function textHolds(match: TextMatch, value: string, regex: RegexEngine): boolean {
  switch (match.kind) {
    case 'present':
      return true;
    case 'exact':
      return value === match.value;
    case 'prefix':
      return value.startsWith(match.value);
    case 'regex': {
      const compiled = regex.compile(match.value);
      return compiled.ok && compiled.value.matches(value);
    }
  }
}

function pathHolds({ match, ignoreCase }: PathCondition, path: string, holds: Holds): boolean {
  if (!ignoreCase || match.kind === 'regex') return holds(match, path);
  return holds({ ...match, value: match.value.toLowerCase() }, path.toLowerCase());
}

function headerHolds(
  { name, match, inverted }: NamedCondition,
  { headers }: SeenRequest,
  holds: Holds,
): boolean {
  const value = headers.get(name);
  if (!inverted) return value !== undefined && holds(match, value);
  return match.kind === 'present' ? value === undefined : !holds(match, value ?? '');
}

function claimHolds(
  { name, match, inverted }: NamedCondition,
  { claims }: SeenRequest,
  holds: Holds,
): boolean {
  const value = claims[name];
  const values = typeof value === 'string' ? [value] : (value ?? []);
  return values.some((one) => holds(match, one)) !== inverted;
}
