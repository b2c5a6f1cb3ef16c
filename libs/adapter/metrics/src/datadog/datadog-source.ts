import type { NumberSource } from '@spillway/application';
import { createJsonSource, type ConnectionTo, type SourceDeps } from '../backend-call/index.js';
import { readDatadog } from './datadog-answer.js';
import { datadogDialect } from './datadog-dialect.js';

/**
 * Datadog's metrics queries, API v1. Its users know what a query means there from their monitors.
 * The answer is one bucket, so a count over a whole window of a minute is written with .rollup(sum, 60).
 */
export const createDatadogSource = (
  { site, url = `https://api.${site}`, timeoutMs, ...keys }: ConnectionTo<'datadog'>,
  deps: SourceDeps,
): NumberSource =>
  createJsonSource(
    {
      url,
      timeoutMs,
      dialect: datadogDialect,
      secrets: { apiKey: keys.apiKey, applicationKey: keys.applicationKey },
      call: ({ query, from, to }, { apiKey, applicationKey }) => ({
        method: 'GET',
        path: '/api/v1/query',
        // Whole seconds, and not less than the window; what lies outside of it is not read.
        query: {
          from: String(Math.floor(from / 1_000)),
          to: String(Math.ceil(to / 1_000)),
          query,
        },
        headers: { 'dd-api-key': apiKey.text, 'dd-application-key': applicationKey.text },
      }),
      read: readDatadog,
    },
    deps,
  );
