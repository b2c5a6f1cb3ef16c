import type { ObjectPlace } from '@spillway/domain-istio';
import type { Duration } from '@spillway/kernel';
import { asApiObject, type ApiObject } from './api-object.js';
import type { ApiSession } from './api-session.js';
import { ApiRefusal } from './failure.js';
import { objectPath, type WrittenKind } from './istio-api.js';

/** The object as the API server holds it now, or `undefined` when it holds none. */
export async function readObject(
  session: ApiSession,
  kind: WrittenKind,
  place: ObjectPlace,
  within?: Duration,
): Promise<ApiObject | undefined> {
  try {
    return asApiObject(
      await session.call({
        path: objectPath(kind, place),
        ...(within && { within }),
      }),
    );
  } catch (error) {
    if (error instanceof ApiRefusal && error.status === 404) return undefined;
    throw error;
  }
}
