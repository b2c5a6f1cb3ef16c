import type { Json } from './clusters.js';
import type { Retries } from './istio-objects.js';
import { seconds } from './names.js';

const defaults = 'connect-failure,refused-stream,unavailable,cancelled,retriable-status-codes';

/** The mesh retries twice, and not on the host that failed, unless told otherwise. */
export function retryPolicy({ attempts = 2, retryOn = '', perTryTimeout }: Retries = {}): Json {
  if (attempts === 0) return {};
  const conditions = (retryOn || defaults).split(',');
  const codes = conditions.filter((word) => /^\d+$/.test(word)).map(Number);
  const words = conditions.filter((word) => !/^\d+$/.test(word));
  if (codes.length > 0) words.push('retriable-status-codes');
  return {
    retry_policy: {
      num_retries: attempts,
      retry_on: words.join(','),
      retriable_status_codes: codes,
      retry_host_predicate: [previousHosts],
      host_selection_retry_max_attempts: '5',
      ...(perTryTimeout && { per_try_timeout: seconds(perTryTimeout) }),
    },
  };
}

const previousHosts: Json = {
  name: 'envoy.retry_host_predicates.previous_hosts',
  typed_config: {
    '@type':
      'type.googleapis.com/envoy.extensions.retry.host.previous_hosts.v3.PreviousHostsPredicate',
  },
};
