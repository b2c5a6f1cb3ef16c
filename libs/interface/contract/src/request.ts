import type {
  HookCallFilter,
  LookFilter,
  PageRequest,
  ReleaseFilter,
  ServiceListing,
} from '@spillway/application';
import { phases } from '@spillway/domain-release';
import {
  clusterName,
  instant,
  namespaceName,
  ok,
  serviceName,
  strategyName,
  version,
  type Refusal,
  type Result,
} from '@spillway/kernel';
import { z } from 'zod';
import { document } from './schema/document.js';
import { parse } from './schema/parse.js';
import { largestInt, moment, nameText, serviceText, versionText } from './schema/scalars.js';

const digits = /^-?\d{1,15}$/;

/** A query has digits where GraphQL has a number; neither "0x10" nor "1e1" nor nothing is one. */
const whole = (bounds: (n: z.ZodInt) => z.ZodInt = (n) => n) =>
  z.preprocess(
    (sent) => (typeof sent === 'string' && digits.test(sent) ? Number(sent) : sent),
    bounds(z.int({ error: 'must be a whole number' })),
  );

const limit = whole((n) =>
  n.min(1, { error: 'must be 1 to 200' }).max(200, { error: 'must be 1 to 200' }),
).default(50);

export const pageQuery = document({
  limit: limit.describe('At most so many items, 1 to 200.'),
  cursor: z.string().min(1).max(1_000).optional().describe('The next of an earlier page.'),
});

/** Of lists in the order of their names. */
export const namedPageQuery = document({
  ...pageQuery.shape,
  sort: z
    .enum(['name', '-name'])
    .default('name')
    .describe('By name, from a to z; with - from z to a. A cursor belongs to one of the two.'),
});

export const serviceQuery = document({
  ...namedPageQuery.shape,
  namespace: nameText.optional().describe('Only services in this namespace.'),
  cluster: nameText.optional().describe('Only services that are in this cluster.'),
});

export const releaseQuery = document({
  ...pageQuery.shape,
  sort: z
    .enum(['-createdAt', 'createdAt'])
    .default('-createdAt')
    .describe(
      'By when they were begun, the newest first; without - the oldest. A cursor belongs to one of the two.',
    ),
  service: serviceText
    .optional()
    .describe('Only releases of this service.')
    .meta({ examples: ['shop/catalog'] }),
  namespace: nameText.optional().describe('Only releases of services in this namespace.'),
  phase: z.enum(phases).optional().describe('Only releases in this phase.'),
  candidate: versionText
    .optional()
    .describe('Only releases of this version.')
    .meta({ examples: ['v2'] }),
  strategy: nameText
    .optional()
    .describe('Only releases by this strategy, whichever version of it.')
    .meta({ examples: ['canary-10'] }),
  since: moment
    .optional()
    .describe('Only releases that were begun at this moment or later.')
    .meta({ examples: ['2026-01-05T00:00:00.000Z'] }),
  until: moment
    .optional()
    .describe('Only releases that were begun before this moment.')
    .meta({ examples: ['2026-01-06T00:00:00.000Z'] }),
});

export const eventQuery = document({
  limit: limit.describe('At most so many events, 1 to 200.'),
  after: whole((n) =>
    n.min(0, { error: 'must not be negative' }).max(largestInt, { error: 'is larger than any' }),
  )
    .default(0)
    .describe('Only events after this sequence number.'),
});

export const lookQuery = document({
  ...pageQuery.shape,
  step: whole((n) =>
    n.min(0, { error: 'must not be negative' }).max(largestInt, { error: 'is larger than any' }),
  )
    .optional()
    .describe('Only of the step of this index, from 0.'),
  metric: nameText.optional().describe('Only of this metric.'),
  cluster: nameText.optional().describe('Only in this cluster.'),
});

export const hookCallQuery = document({
  ...pageQuery.shape,
  hook: nameText.optional().describe('Only of this hook.'),
});

export const strategyQuery = document({
  version: whole((n) =>
    n.min(1, { error: 'must be 1 or more' }).max(largestInt, { error: 'is larger than any' }),
  )
    .optional()
    .describe('A version; default: the newest.'),
});

export const toPage = (query: z.output<typeof pageQuery>): PageRequest => ({
  limit: query.limit,
  ...(query.cursor === undefined ? {} : { cursor: query.cursor }),
});

/** Of a list by name. */
export function toNamedPage(query: z.output<typeof namedPageQuery>): PageRequest {
  return query.sort === 'name' ? toPage(query) : { ...toPage(query), isReversed: true };
}

export function toPageRequest(input: unknown): Result<PageRequest, Refusal> {
  const parsed = parse(namedPageQuery, input);
  return parsed.ok ? ok(toNamedPage(parsed.value)) : parsed;
}

export function toServiceListing(input: unknown): Result<ServiceListing, Refusal> {
  const parsed = parse(serviceQuery, input);
  if (!parsed.ok) return parsed;
  const { namespace, cluster } = parsed.value;
  return ok({
    ...toNamedPage(parsed.value),
    ...(namespace === undefined ? {} : { namespace: namespaceName(namespace) }),
    ...(cluster === undefined ? {} : { cluster: clusterName(cluster) }),
  });
}

/** What is listed, and how much of it. */
export interface ReleaseListing {
  readonly filter: ReleaseFilter;
  readonly page: PageRequest;
}

export function toReleaseListing(input: unknown): Result<ReleaseListing, Refusal> {
  const parsed = parse(releaseQuery, input);
  if (!parsed.ok) return parsed;
  const order = parsed.value.sort === 'createdAt' ? { isReversed: true } : {};
  return ok({ filter: toReleaseFilter(parsed.value), page: { ...toPage(parsed.value), ...order } });
}

function toReleaseFilter(query: z.output<typeof releaseQuery>): ReleaseFilter {
  const { service, namespace, phase, candidate, strategy, since, until } = query;
  return {
    ...(service === undefined ? {} : { service: serviceName(service) }),
    ...(namespace === undefined ? {} : { namespace: namespaceName(namespace) }),
    ...(phase === undefined ? {} : { phase }),
    ...(candidate === undefined ? {} : { candidate: version(candidate) }),
    ...(strategy === undefined ? {} : { strategy: strategyName(strategy) }),
    ...(since === undefined ? {} : { since: instant(Date.parse(since)) }),
    ...(until === undefined ? {} : { until: instant(Date.parse(until)) }),
  };
}

export interface HookCallListing {
  readonly filter: HookCallFilter;
  readonly page: PageRequest;
}

export function toHookCallListing(input: unknown): Result<HookCallListing, Refusal> {
  const parsed = parse(hookCallQuery, input);
  if (!parsed.ok) return parsed;
  const { hook } = parsed.value;
  return ok({ filter: hook === undefined ? {} : { hook }, page: toPage(parsed.value) });
}

export interface LookListing {
  readonly filter: LookFilter;
  readonly page: PageRequest;
}

export function toLookListing(input: unknown): Result<LookListing, Refusal> {
  const parsed = parse(lookQuery, input);
  if (!parsed.ok) return parsed;
  const { step, metric, cluster } = parsed.value;
  return ok({
    filter: {
      ...(step === undefined ? {} : { step }),
      ...(metric === undefined ? {} : { metric }),
      ...(cluster === undefined ? {} : { cluster: clusterName(cluster) }),
    },
    page: toPage(parsed.value),
  });
}
