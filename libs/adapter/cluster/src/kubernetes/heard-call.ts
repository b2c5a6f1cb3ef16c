import type { Meter, Occurrence } from '@spillway/application';
import type { ClusterName } from '@spillway/kernel';
import { ApiRefusal } from './failure.js';

export type HeardCall = Pick<Extract<Occurrence, { kind: 'called' }>, 'verb' | 'outcome' | 'ms'>;

/** Told of every call when its answer is there, or will not come any more; of a watch when it has begun. */
export type HearCall = (call: HeardCall) => void;

export const hearFor =
  (meter: Meter, cluster: ClusterName): HearCall =>
  (call) =>
    meter.note({ kind: 'called', cluster, ...call });

const verbs = { GET: 'get', POST: 'post', PATCH: 'patch', DELETE: 'delete' } as const;

export const verbOf = (method: keyof typeof verbs = 'GET'): HeardCall['verb'] => verbs[method];

/** Awaits what is called, and tells how it went. */
export async function heard<T>(
  hear: HearCall,
  verb: HeardCall['verb'],
  call: () => Promise<T>,
): Promise<T> {
  const began = performance.now();
  const tell = (outcome: HeardCall['outcome']): void =>
    hear({ verb, outcome, ms: performance.now() - began });
  try {
    const answer = await call();
    tell('ok');
    return answer;
  } catch (error) {
    tell(outcomeOf(error));
    throw error;
  }
}

function outcomeOf(error: unknown): HeardCall['outcome'] {
  if (!(error instanceof ApiRefusal)) return 'unanswered';
  if (error.status === 409) return 'conflict';
  return error.status >= 500 ? 'failed' : 'refused';
}
