import type { HttpMatch, TextMatches } from './read/http-match.js';
import type { TextMatch } from './read/text-match.js';

export interface PathCondition {
  /** Compared with the path without its query. A prefix is a prefix of the text, not of its segments. */
  readonly match: Exclude<TextMatch, { readonly kind: 'present' }>;
  /** Does not touch patterns. */
  readonly ignoreCase: boolean;
}

export interface NamedCondition {
  readonly name: string;
  readonly match: TextMatch;
  /** Holds when the match does not. A value match then takes a missing header for an empty one. */
  readonly inverted: boolean;
}

/** What a request must be for an Envoy route to take it: all of it. */
export interface Conditions {
  readonly path: PathCondition;
  /** Pseudo headers (`:method`, `:authority`, `:scheme`) among them. */
  readonly headers: readonly NamedCondition[];
  readonly query: readonly NamedCondition[];
  /** By dotted name of the JWT claim. */
  readonly claims: readonly NamedCondition[];
}

const anyPath: PathCondition = { match: { kind: 'prefix', value: '/' }, ignoreCase: false };

export const anyRequest: Conditions = { path: anyPath, headers: [], query: [], claims: [] };

export function conditionsOf(match: HttpMatch): Conditions {
  const { uri, ignoreUriCase: ignoreCase } = match;
  const named = [...entries(match.headers, false), ...entries(match.withoutHeaders, true)];
  return {
    path: uri && uri.kind !== 'present' ? { match: uri, ignoreCase } : { ...anyPath, ignoreCase },
    headers: [
      ...named
        .filter(({ name }) => claimName(name) === undefined)
        .map((condition) => ({ ...condition, name: condition.name.toLowerCase() })),
      ...pseudoHeaders(match),
    ],
    query: entries(match.queryParams, false),
    claims: named.flatMap((condition) => {
      const name = claimName(condition.name);
      return name === undefined ? [] : [{ ...condition, name }];
    }),
  };
}

const entries = (matches: TextMatches, inverted: boolean): readonly NamedCondition[] =>
  Object.entries(matches).map(([name, match]) => ({ name, match, inverted }));

const pseudoHeaders = (match: HttpMatch): readonly NamedCondition[] =>
  (['method', 'authority', 'scheme'] as const).flatMap((key) => {
    const text = match[key];
    return text === undefined ? [] : [{ name: `:${key}`, match: text, inverted: false }];
  });

/** `group.id` of `@request.auth.claims.group.id` and of `@request.auth.claims[group][id]`. */
function claimName(header: string): string | undefined {
  const path = /^@request\.auth\.claims(\..+|(?:\[[^\]]+\])+)$/.exec(header)?.[1];
  if (path === undefined) return undefined;
  return path.startsWith('.') ? path.slice(1) : path.slice(1, -1).split('][').join('.');
}

/** Takes every request: what comes after it in one VirtualService is not even sent to the proxy. */
export function isCatchAll({ path, headers, query, claims }: Conditions): boolean {
  const { kind, value } = path.match;
  const anyPathAtAll = (kind === 'prefix' && value === '/') || (kind === 'regex' && value === '.*');
  return anyPathAtAll && headers.length + query.length + claims.length === 0;
}

export const patternsIn = ({ path, headers, query, claims }: Conditions): readonly string[] =>
  [path.match, ...[...headers, ...query, ...claims].map(({ match }) => match)].flatMap((match) =>
    match.kind === 'regex' ? [match.value] : [],
  );
