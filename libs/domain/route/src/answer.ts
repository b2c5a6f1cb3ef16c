import { named, routesIn } from './compile.js';
import type { CompiledItem, CompiledRoute } from './compile.js';
import type { Considered, ErrorStatus, Explanation, RouteOrigin } from './explanation.js';
import type { KnownMesh } from './known-mesh.js';
import { label } from './mesh.js';
import type { HttpRequest } from './mesh.js';
import { seen, unmet } from './match.js';
import type { VirtualHost } from './virtual-host.js';

/** What the routes of a virtual host do with a request: the first that fits decides, nothing falls through. */
export function answer(
  mesh: KnownMesh,
  host: VirtualHost,
  request: HttpRequest,
  before: readonly string[],
): Explanation {
  const because = [...before, ...host.because];
  if (host.requiresTls && request.scheme !== 'https') return toHttps(because);
  const considered: Considered[] = [];
  const what = seen(request);
  for (const item of host.items) {
    const reason = item.sent
      ? unmet(item.route.conditions, what, mesh.regex)
      : `not sent to this proxy: ${item.leftOut.because}`;
    const origin = item.sent ? item.route : item.leftOut;
    considered.push(consideration(origin, reason));
    if (reason === undefined && item.sent) {
      const sentence = `${upperFirst(named(item.route))} is the first that fits.`;
      return outcome(item.route, { because: [...because, sentence], considered });
    }
  }
  return {
    kind: 'status',
    code: 404,
    flag: 'NR',
    because: [...because, 'None of its routes fits, and a proxy does not look further.'],
    considered,
  };
}

const upperFirst = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const toHttps = (because: readonly string[]): Explanation => ({
  kind: 'redirect',
  ...noOrigin,
  to: { status: 301, scheme: 'https' },
  because: [...because, 'The server has httpsRedirect: every plain request is sent to https.'],
  considered: [],
});

const noOrigin: RouteOrigin = {
  virtualService: null,
  route: '',
  ruleIndex: null,
  matchIndex: null,
};

export const consideration = (
  { virtualService, route, ruleIndex, matchIndex }: RouteOrigin,
  reason: string | undefined,
): Considered => ({
  virtualService,
  route,
  ruleIndex,
  matchIndex,
  matched: reason === undefined,
  because: reason ?? 'all of its conditions hold',
});

type Reasons = Pick<Explanation, 'because' | 'considered'>;

export const originOf = ({
  virtualService,
  route,
  ruleIndex,
  matchIndex,
  delegate,
}: RouteOrigin): RouteOrigin => ({
  virtualService,
  route,
  ruleIndex,
  matchIndex,
  ...(delegate === undefined ? {} : { delegate }),
});

/** What taking this route comes to. */
export function outcome(
  route: RouteOrigin & Pick<CompiledRoute, 'action'>,
  reasons: Reasons,
): Explanation {
  const origin = originOf(route);
  const { action } = route;
  switch (action.kind) {
    case 'refused':
      return rejected(origin, action.because, reasons);
    case 'redirect':
      return { ...action, ...origin, ...reasons };
    case 'directResponse':
      return { ...action, ...origin, ...reasons };
    case 'forward': {
      const failed = failure(action.destinations);
      return failed === undefined
        ? { ...action, ...origin, kind: 'routed', ...reasons }
        : { ...failed, origin, destinations: action.destinations, ...withBecause(reasons, action) };
    }
  }
}

type Forward = Extract<CompiledRoute['action'], { readonly kind: 'forward' }>;

/** The error that every request gets, when no destination is left that could answer. */
function failure(
  destinations: Forward['destinations'],
): Pick<ErrorStatus, 'kind' | 'code' | 'flag'> | undefined {
  const [first] = destinations;
  if (first?.outcome === undefined) return undefined;
  const { flag } = first.outcome;
  return destinations.every(({ outcome: other }) => other?.flag === flag)
    ? { kind: 'status', code: 503, flag }
    : undefined;
}

const withBecause = ({ because, considered }: Reasons, { destinations }: Forward): Reasons => ({
  because: [
    ...because,
    ...new Set(destinations.map(({ outcome: failed }) => `503: ${failed?.because ?? ''}.`)),
  ],
  considered,
});

const rejected = (origin: RouteOrigin, why: string, reasons: Reasons): Explanation => ({
  kind: 'rejected',
  origin,
  because: [
    ...reasons.because,
    `Proxies refuse ${named(origin)} of ${origin.virtualService ? label(origin.virtualService) : 'the service'}, since ${why}: they keep their last configuration of this port, for every host on it.`,
  ],
  considered: reasons.considered,
});

/** The configuration of a port is taken or refused as one. */
export function refusal(
  hosts: readonly { readonly items: readonly CompiledItem[] }[],
  because: readonly string[],
): Explanation | undefined {
  const bad = hosts
    .flatMap(({ items }) => routesIn(items))
    .find(({ action }) => action.kind === 'refused');
  return bad && outcome(bad, { because, considered: [] });
}
