import type { Check, Remark } from '../rule.js';
import { refused, rules } from '../rule.js';
import { duration } from '../shared/duration.js';
import type { Spot } from '../spot.js';
import { all, on } from '../walk.js';
import { isHttpStatus } from '../syntax/status.js';

export const retryRules = rules({
  RETRY_ATTEMPTS_NEGATIVE: refused('A number of retries is below 0.', {
    next: 'Write attempts: 0 to switch retries off.',
  }),
  RETRY_OFF_BUT_CONFIGURED: refused('Retries are off, and it is said how to do them.', {
    without: 'it is stored, and there are no retries',
    next: 'Write attempts above 0, or remove the other fields. Without attempts it counts as 0.',
  }),
  RETRY_ON_UNKNOWN: refused('retryOn has a condition that is not known.', {
    without: 'it is stored, and Envoy ignores the condition',
    next: 'Write conditions such as 5xx,connect-failure,503, without blanks.',
  }),
});

const conditions = [
  '5xx',
  'gateway-error',
  'reset',
  'reset-before-request',
  'connect-failure',
  'retriable-4xx',
  'refused-stream',
  'retriable-status-codes',
  'retriable-headers',
  'envoy-ratelimited',
  'http3-post-connect-failure',
  'cancelled',
  'deadline-exceeded',
  'internal',
  'resource-exhausted',
  'unavailable',
];

const attempts: Check = function* (retries) {
  const spot = retries.at('attempts');
  if (spot.isSet && spot.number === undefined) return;
  const count = spot.number ?? 0;
  if (count < 0) yield retryRules.RETRY_ATTEMPTS_NEGATIVE.on(spot, `attempts is ${count}.`);
  if (count !== 0) return;
  const [field] = retries
    .setOf('perTryTimeout', 'retryOn', 'retryRemoteLocalities')
    .filter((name) => retries.at(name).value !== '');
  if (field === undefined) return;
  yield retryRules.RETRY_OFF_BUT_CONFIGURED.on(spot, `attempts is 0, and ${field} is set.`);
};

function* retryOn(spot: Spot): Iterable<Remark> {
  if (spot.text === '') return;
  const unknown = spot.text
    .split(',')
    .filter((condition) => !conditions.includes(condition) && !isHttpStatus(condition));
  for (const condition of unknown) {
    yield retryRules.RETRY_ON_UNKNOWN.on(spot, `${JSON.stringify(condition)} is not a condition.`);
  }
}

export const retries: Check = all(
  attempts,
  on('retryOn', retryOn),
  on('perTryTimeout', duration),
  on('backoff', duration),
);
