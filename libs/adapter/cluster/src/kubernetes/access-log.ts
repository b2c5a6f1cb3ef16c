import type { AccessLogSetting, ApplyOutcome } from '@spillway/application';
import { telemetryApiVersion } from '@spillway/domain-istio';
import type { ApiSession } from './api-session.js';
import { ApiRefusal } from './failure.js';
import { fieldManager } from './live-object.js';
import { notWritten, patched, refusedOrLater } from './written.js';

/** One call: server-side apply turns the log on, a removal turns it off. Off already is off. */
export async function writeAccessLog(
  session: ApiSession,
  { place, telemetry }: AccessLogSetting,
): Promise<ApplyOutcome> {
  const { namespace, name } = place;
  const path = `/apis/${telemetryApiVersion}/namespaces/${namespace}/telemetries/${name}`;
  if (telemetry === undefined) return remove(session, path);
  const query = `fieldManager=${fieldManager}&force=true&fieldValidation=Strict`;
  const call = {
    path: `${path}?${query}`,
    contentType: 'application/apply-patch+yaml',
    body: telemetry,
  };
  const { outcome } = await patched(session, call, refusedOrLater, undefined);
  return outcome;
}

async function remove(session: ApiSession, path: string): Promise<ApplyOutcome> {
  try {
    await session.call({ method: 'DELETE', path });
    return { kind: 'applied' };
  } catch (error) {
    if (error instanceof ApiRefusal && error.status === 404) return { kind: 'applied' };
    return notWritten(error, refusedOrLater).outcome;
  }
}
