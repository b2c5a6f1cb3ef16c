import { describeText, type TextMatch, type TextMatches } from './text-match.js';

/**
 * Which requests are meant. Everything that is given must hold (istio §1.3);
 * header names in lower case.
 */
export interface RequestMatch {
  /** The path without its query; `prefix` is a prefix of the text, so `/foo` takes `/foobar`. */
  readonly uri?: TextMatch;
  readonly ignoreUriCase?: boolean;
  readonly method?: TextMatch;
  /** The Host header. */
  readonly authority?: TextMatch;
  readonly scheme?: TextMatch;
  readonly headers?: TextMatches;
  /** None of these may hold; a header that is absent does not. */
  readonly withoutHeaders?: TextMatches;
  readonly queryParams?: TextMatches;
  /** By cookie name. */
  readonly cookies?: TextMatches;
  /** The service port that the client called. */
  readonly port?: number;
  /** Labels of the calling pod. In the mesh only: a gateway is its own caller. */
  readonly sourceLabels?: Readonly<Record<string, string>>;
  /** Namespace of the calling pod. In the mesh only. */
  readonly sourceNamespace?: string;
}

/** Requests that go to the candidate whatever the weight is: any of the matches is enough. */
export interface MatchRoute {
  /** Unique in a release; part of the route's name in proxies and access logs. */
  readonly name: string;
  readonly match: readonly RequestMatch[];
  /** Only for callers in the mesh, or only at the service's gateways. Absent: both. */
  readonly where?: 'mesh' | 'edge';
}

/** `x-tester is yes and method is GET`. */
export const describeMatch = (match: RequestMatch): string =>
  [
    ...texts('path', match.uri).map((text) => text + (match.ignoreUriCase ? ' in any case' : '')),
    ...texts('method', match.method),
    ...texts('host', match.authority),
    ...texts('scheme', match.scheme),
    ...named('', match.headers),
    ...named('cookie ', match.cookies),
    ...named('query ', match.queryParams),
    ...named('', match.withoutHeaders).map((text) => `not ${text}`),
    ...(match.port === undefined ? [] : [`port is ${match.port}`]),
    ...Object.entries(match.sourceLabels ?? {}).map(([key, is]) => `caller has ${key}=${is}`),
    ...(match.sourceNamespace === undefined ? [] : [`caller is in ${match.sourceNamespace}`]),
  ].join(' and ');

export const describeRoute = ({ match, where }: MatchRoute): string =>
  match.map(describeMatch).join(' or ') + (where === undefined ? '' : ` (${where} only)`);

const texts = (what: string, match: TextMatch | undefined): readonly string[] =>
  match === undefined ? [] : [`${what} ${describeText(match)}`];

const named = (kind: string, matches: TextMatches = {}): readonly string[] =>
  Object.entries(matches).map(([name, match]) => `${kind}${name} ${describeText(match)}`);
