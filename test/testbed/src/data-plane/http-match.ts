import type { Json } from './clusters.js';
import type { HttpMatch, SourceMatch, StringMatch, StringMatches } from './istio-objects.js';
import type { ProxyIdentity } from './istio-objects.js';
import { carries } from './names.js';

/** Where rules are compiled for: they name gateways, ports and clients, which no request carries. */
export interface Place {
  readonly proxy: ProxyIdentity;
  /** `mesh` or a Gateway's `ns/name`. */
  readonly gateway: string;
  readonly port: number;
}

/** Naming gateways in a block makes Istio forget the block's source. */
export function isFor(match: SourceMatch, { proxy, gateway, port }: Place): boolean {
  if (match.port && match.port !== port) return false;
  if (match.gateways?.length) return match.gateways.includes(gateway);
  if (match.sourceNamespace && match.sourceNamespace !== proxy.namespace) return false;
  return carries(proxy.labels, match.sourceLabels);
}

/** Nothing after it can ever match. */
export function isCatchAll(match: HttpMatch): boolean {
  const { uri } = match;
  const everyPath = uri === undefined || uri.prefix === '/' || uri.regex === '.*';
  return everyPath && headersOf(match).length === 0 && queriesOf(match).length === 0;
}

/** Envoy's RouteMatch. */
export function routeMatch(match: HttpMatch): Json {
  return {
    ...path(match.uri),
    case_sensitive: match.ignoreUriCase !== true,
    headers: headersOf(match),
    query_parameters: queriesOf(match),
  };
}

function path(uri: StringMatch | undefined): Json {
  if (uri?.exact !== undefined) return { path: uri.exact };
  if (uri?.regex !== undefined) return { safe_regex: { regex: uri.regex } };
  return { prefix: uri?.prefix ?? '/' };
}

function headersOf(match: HttpMatch): readonly Json[] {
  const pseudo = (['method', 'authority', 'scheme'] as const).flatMap((field) => {
    const wanted = match[field];
    return wanted === undefined ? [] : [{ name: `:${field}`, ...valueMatch(wanted) }];
  });
  const present = each(match.headers, (name, wanted) => ({ name, ...valueMatch(wanted) }));
  const absent = each(match.withoutHeaders, (name, wanted) => ({
    name,
    ...valueMatch(wanted),
    invert_match: true,
    ...(!isPresence(wanted) && { treat_missing_header_as_empty: true }),
  }));
  return [...pseudo, ...present, ...absent];
}

const queriesOf = ({ queryParams }: HttpMatch): readonly Json[] =>
  each(queryParams, (name, wanted) => ({ name, ...valueMatch(wanted) }));

const each = (
  table: StringMatches = {},
  make: (name: string, wanted: StringMatch) => Json,
): readonly Json[] => Object.entries(table).map(([name, wanted]) => make(name, wanted ?? {}));

const isPresence = ({ exact, prefix, regex }: StringMatch): boolean =>
  regex === '*' || (exact ?? prefix ?? regex) === undefined;

const valueMatch = (wanted: StringMatch): Json =>
  isPresence(wanted) ? { present_match: true } : { string_match: stringMatcher(wanted) };

export function stringMatcher({ exact, prefix, regex }: StringMatch): Json {
  if (exact !== undefined) return { exact };
  return prefix === undefined ? { safe_regex: { regex } } : { prefix };
}
