import type { Write } from '@spillway/domain-istio';
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

/** Deletes the expected object, in one call. One that is gone already is what was asked for. */
export async function removeObject(
  session: ApiSession,
  { kind, place, resourceVersion }: Extract<Write, { do: 'remove' }>,
  uid: string | undefined,
  within?: Patience,
): Promise<Removed> {
  const applied = { outcome: { kind: 'applied' } } as const;
  try {
    await session.call({
      method: 'DELETE',
      path: objectPath(kind, place),
      body: { preconditions: { resourceVersion, ...(uid !== undefined && { uid }) } },
      ...(within && { within }),
    });
    return applied;
  } catch (error) {
    if (error instanceof ApiRefusal && error.status === 404) return applied;
    return notWritten(error, outcomeOf);
  }
}

const outcomeOf = (refusal: ApiRefusal): NotApplied =>
  refusal.status === 409 ? { kind: 'conflict' } : refusedOrLater(refusal);
