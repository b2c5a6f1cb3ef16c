import type { Write } from '@spillway/domain-istio';
import type { ApiObject } from './api-object.js';
import type { ApiSession } from './api-session.js';
import { ApiRefusal } from './failure.js';
import { objectPath } from './istio-api.js';
import {
  notWritten,
  refusedOrLater,
  type NotApplied,
  type NotWritten,
  type Patience,
} from './written.js';

export type Removed = { readonly outcome: { readonly kind: 'applied' } } | NotWritten;

/**
 * Deletes the expected object, in one call. One that is gone already is what was
 * asked for. One with a finalizer is only marked, and stays: the answer is that
 * object, where it else is a status.
 */
export async function removeObject(
  session: ApiSession,
  { kind, place, resourceVersion }: Extract<Write, { do: 'remove' }>,
  uid: string | undefined,
  within?: Patience,
): Promise<Removed> {
  const applied = { outcome: { kind: 'applied' } } as const;
  try {
    const answer = (await session.call({
      method: 'DELETE',
      path: objectPath(kind, place),
      body: { preconditions: { resourceVersion, ...(uid !== undefined && { uid }) } },
      ...(within && { within }),
    })) as Partial<ApiObject> | undefined;
    const { finalizers = [] } = answer?.metadata ?? {};
    if (finalizers.length === 0) return applied;
    const reason = `it stays until ${finalizers.join(', ')} lets it go`;
    return { outcome: { kind: 'refused', reason }, lost: false };
  } catch (error) {
    if (error instanceof ApiRefusal && error.status === 404) return applied;
    return notWritten(error, outcomeOf);
  }
}

const outcomeOf = (refusal: ApiRefusal): NotApplied =>
  refusal.status === 409 ? { kind: 'conflict' } : refusedOrLater(refusal);
