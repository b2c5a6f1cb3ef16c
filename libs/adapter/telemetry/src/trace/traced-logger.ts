import type { Logger } from '@spillway/application';
import type { SpanPlace } from './span.js';

type Fields = Parameters<Logger['info']>[0];

/** Lines about a release name its trace, by the names that log stores know. */
export function tracedLogger(
  plain: Logger,
  placeOf: (fields: Fields) => SpanPlace | undefined,
): Logger {
  const placed = (fields: Fields): Fields => {
    const place = placeOf(fields);
    return place === undefined
      ? fields
      : { ...fields, trace_id: place.traceId, span_id: place.spanId };
  };
  return {
    info: (fields, message) => plain.info(placed(fields), message),
    warn: (fields, message) => plain.warn(placed(fields), message),
    error: (fields, message) => plain.error(placed(fields), message),
  };
}
