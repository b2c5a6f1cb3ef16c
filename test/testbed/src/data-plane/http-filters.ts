import type { Json } from './clusters.js';
import { stringMatcher } from './http-match.js';
import type { CorsPolicy, Fault } from './istio-objects.js';
import { seconds } from './names.js';

const typeOf = (name: string, message: string): string =>
  `type.googleapis.com/envoy.extensions.filters.http.${name}.v3.${message}`;

const filter = (name: string, message: string): Json => ({
  name: `envoy.filters.http.${name}`,
  typed_config: { '@type': typeOf(name, message) },
});

export const httpFilters: readonly Json[] = [
  filter('cors', 'Cors'),
  filter('fault', 'HTTPFault'),
  filter('router', 'Router'),
];

const millionths = (percentage: { readonly value?: number } | undefined): Json => ({
  numerator: Math.trunc((percentage?.value ?? 0) * 10_000),
  denominator: 'MILLION',
});

export function faultConfig(fault: Fault | undefined): Json {
  if (fault === undefined) return {};
  const { delay, abort } = fault;
  return {
    'envoy.filters.http.fault': {
      '@type': typeOf('fault', 'HTTPFault'),
      ...(delay?.fixedDelay && {
        delay: {
          fixed_delay: seconds(delay.fixedDelay),
          percentage: millionths(delay.percentage),
        },
      }),
      ...(abort?.httpStatus && {
        abort: { http_status: abort.httpStatus, percentage: millionths(abort.percentage) },
      }),
    },
  };
}

export function corsConfig(policy: CorsPolicy | undefined): Json {
  if (policy === undefined) return {};
  const { allowMethods, allowHeaders, exposeHeaders, maxAge } = policy;
  return {
    'envoy.filters.http.cors': {
      '@type': typeOf('cors', 'CorsPolicy'),
      allow_origin_string_match: (policy.allowOrigins ?? []).map(stringMatcher),
      ...(allowMethods && { allow_methods: allowMethods.join(',') }),
      ...(allowHeaders && { allow_headers: allowHeaders.join(',') }),
      ...(exposeHeaders && { expose_headers: exposeHeaders.join(',') }),
      ...(maxAge && { max_age: seconds(maxAge).slice(0, -1) }),
      allow_credentials: policy.allowCredentials ?? false,
      forward_not_matching_preflights: policy.unmatchedPreflights !== 'IGNORE',
    },
  };
}
