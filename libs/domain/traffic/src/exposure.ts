import { NOTHING, formatPercent, type BasisPoints, type Duration } from '@spillway/kernel';
import { describeRoute, type MatchRoute } from './request-match.js';

/** Copies of requests that go to the candidate; its answers are thrown away. */
export interface Mirror {
  readonly share: BasisPoints;
  /** Which requests are copied. `safe`: GET and HEAD, so that nothing is ordered twice. */
  readonly methods: 'all' | 'safe';
}

/** Everything of a service's traffic that the candidate sees in a cluster; stable gets the rest. */
export interface Exposure {
  /** Of the requests that no route takes. */
  readonly weight: BasisPoints;
  /** In the order in which they are tried. Absent: none. */
  readonly routes?: readonly MatchRoute[];
  readonly mirror?: Mirror;
}

/** Whoever was given a version keeps it, by a cookie that carries the release. */
export interface Sticky {
  readonly cookie: string;
  readonly lifetime: Duration;
}

export const unexposed: Exposure = { weight: NOTHING };

/** Whether requests of people are answered by the candidate. */
export const isServing = ({ weight, routes = [] }: Exposure): boolean =>
  weight > NOTHING || routes.length > 0;

/** Whether the candidate sees any requests, copies included. */
export const isExposed = (exposure: Exposure): boolean =>
  isServing(exposure) || exposure.mirror !== undefined;

/** Whether two exposures are the same routing. */
export const isSameExposure = (a: Exposure, b: Exposure): boolean => textOf(a) === textOf(b);

const textOf = ({ weight, routes = [], mirror }: Exposure): string =>
  JSON.stringify([weight, routes, mirror ?? null], sorted);

/** Exposures come back from the database with the keys of their maps in another order. */
const sorted = (_key: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;

/** `10 %, testers (x-tester is yes), copies of 25 %`. */
export const describeExposure = ({ weight, routes = [], mirror }: Exposure): string =>
  [
    formatPercent(weight),
    ...routes.map((route) => `${route.name} (${describeRoute(route)})`),
    ...(mirror === undefined ? [] : [describeMirror(mirror)]),
  ].join(', ');

export const describeMirror = ({ share, methods }: Mirror): string =>
  `copies of ${formatPercent(share)}${methods === 'safe' ? ' of GET and HEAD' : ''}`;
