import type { NumberSource } from '@spillway/application';
import { createJsonSource, type ConnectionTo, type SourceDeps } from '../backend-call/index.js';
import { readDynatrace } from './dynatrace-answer.js';
import { dynatraceDialect } from './dynatrace-dialect.js';

/**
 * Dynatrace's metrics, API v2. The query is a metric selector. Dynatrace files data by the minute,
 * so a window that does not begin and end with one is answered with the minutes around it.
 */
export const createDynatraceSource = (
  { url, timeoutMs, apiToken }: ConnectionTo<'dynatrace'>,
  deps: SourceDeps,
): NumberSource =>
  createJsonSource(
    {
      url,
      timeoutMs,
      dialect: dynatraceDialect,
      secrets: { apiToken },
      call: ({ query, from, to }, secrets) => ({
        method: 'GET',
        path: '/api/v2/metrics/query',
        query: {
          metricSelector: query,
          from: String(Math.floor(from)),
          to: String(Math.floor(to)),
          resolution: 'Inf',
        },
        headers: { authorization: `Api-Token ${secrets.apiToken.text}` },
      }),
      read: readDynatrace,
    },
    deps,
  );
