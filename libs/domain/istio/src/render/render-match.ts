import type { MatchRoute, RequestMatch, TextMatch, TextMatches } from '@spillway/domain-traffic';
import { mesh } from '../gateway-name.js';
import type { HttpMatchRequest, StringMatch } from '../istio-object.js';
import type { MeshService } from '../traffic.js';

/** The blocks of a route at these gateways, any of which is enough; `undefined`: at all that there are. */
export const renderMatches = (
  { match, where }: MatchRoute,
  gateways: readonly string[] | undefined,
): readonly HttpMatchRequest[] =>
  gateways?.length === 0
    ? []
    : match
        .filter((one) => where !== 'edge' || !isAboutCaller(one))
        .map((one) => renderMatch(one, gateways));

/** The gateways for which a route of an object of ours holds. */
export const placesOf = (
  where: MatchRoute['where'],
  { edge }: MeshService,
): readonly string[] | undefined => where && (where === 'mesh' ? [mesh] : (edge?.gateways ?? []));

/** Of all gateways of an object those for which a route holds. */
export function placesAmong(
  where: MatchRoute['where'],
  all: readonly string[],
): readonly string[] | undefined {
  const some = all.filter((gateway) => (gateway === mesh) === (where === 'mesh'));
  return where === undefined || some.length === all.length ? undefined : some;
}

/** A gateway is its own caller. */
const isAboutCaller = ({ sourceLabels = {}, sourceNamespace }: RequestMatch): boolean =>
  Object.keys(sourceLabels).length > 0 || sourceNamespace !== undefined;

function renderMatch(
  match: RequestMatch,
  gateways: readonly string[] | undefined,
): HttpMatchRequest {
  const { ignoreUriCase, cookies, headers, port, sourceLabels = {}, sourceNamespace } = match;
  const hasLabels = Object.keys(sourceLabels).length > 0;
  return {
    ...texts(match),
    ...(ignoreUriCase === true && { ignoreUriCase }),
    ...named('headers', { ...headers, ...cookieHeader(cookies) }),
    ...named('withoutHeaders', match.withoutHeaders),
    ...named('queryParams', match.queryParams),
    ...(port !== undefined && { port }),
    ...(hasLabels && { sourceLabels: inOrder(sourceLabels) }),
    ...(sourceNamespace !== undefined && { sourceNamespace }),
    // With gateways beside them Istio ignores the caller's labels and namespace (istio §1.3).
    ...(gateways && !isAboutCaller(match) && { gateways }),
  };
}

const texts = ({ uri, scheme, method, authority }: RequestMatch): Partial<HttpMatchRequest> => ({
  ...(uri && { uri: text(uri) }),
  ...(scheme && { scheme: text(scheme) }),
  ...(method && { method: text(method) }),
  ...(authority && { authority: text(authority) }),
});

type Maps = 'headers' | 'withoutHeaders' | 'queryParams';

function named(field: Maps, matches: TextMatches = {}): Partial<HttpMatchRequest> {
  const entries = Object.entries(inOrder(matches)).map(([name, match]) => [name, text(match)]);
  return entries.length === 0 ? {} : { [field]: Object.fromEntries(entries) as object };
}

const text = (match: TextMatch): StringMatch => ('present' in match ? {} : match);

/** Envoy sees all cookies as one header (istio §5.4). */
function cookieHeader(cookies: TextMatches = {}): TextMatches {
  const [first] = Object.entries(cookies);
  if (first === undefined) return {};
  const [name, match] = first;
  return { cookie: { regex: `(.*;\\s*)?${literally(name)}=${valuePattern(match)}(;.*)?` } };
}

function valuePattern(match: TextMatch): string {
  if ('exact' in match) return literally(match.exact);
  if ('prefix' in match) return `${literally(match.prefix)}[^;]*`;
  return 'regex' in match ? `(${match.regex})` : '[^;]*';
}

const literally = (value: string): string => value.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** Maps come back from a database in any order; the same traffic must give the same bytes. */
const inOrder = <T>(map: Readonly<Record<string, T>>): Readonly<Record<string, T>> =>
  Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)));
