import type { NumberSource, SecretRef, SourceAnswer } from '@spillway/application';
import { z } from 'zod';
import {
  createJsonSource,
  failure,
  numberAnswer,
  severalSeries,
  type ConnectionTo,
  type Dialect,
  type SourceDeps,
} from '../backend-call/index.js';
import { parseAnswer, type Series } from './answer.js';

const fault = z
  .object({ errorType: z.string(), error: z.string() })
  .transform(({ errorType, error }) => `${errorType}: ${error}`);

const dialect: Dialect = {
  name: 'Prometheus',
  messageOf: (json) => fault.safeParse(json).data,
};

/** Prometheus gives up before we do, so that it says why. */
const backendsShare = 0.9;

/**
 * A Prometheus, or what speaks its API, that is not a cluster's own. The query is evaluated at the
 * end of the window; its length stands in the query itself, as in `increase(errors_total[1m])`.
 */
export function createPrometheusNumberSource(
  { url, bearerToken, timeoutMs }: ConnectionTo<'prometheus'>,
  deps: SourceDeps,
): NumberSource {
  const secrets: Readonly<Record<string, SecretRef>> =
    bearerToken === undefined ? {} : { bearerToken };
  return createJsonSource(
    {
      url,
      timeoutMs,
      dialect,
      secrets,
      call: ({ query, to }, opened) => ({
        method: 'POST',
        path: '/api/v1/query',
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          ...authorization(opened['bearerToken']?.text),
        },
        body: new URLSearchParams({
          query,
          time: (to / 1_000).toFixed(3),
          timeout: `${Math.ceil(timeoutMs * backendsShare)}ms`,
        }).toString(),
      }),
      read: readPrometheus,
    },
    deps,
  );
}

const authorization = (token: string | undefined): Readonly<Record<string, string>> =>
  token === undefined ? {} : { authorization: `Bearer ${token}` };

/** The one number of an answer to an instant query. */
export function readPrometheus(json: unknown): SourceAnswer {
  const answer = parseAnswer(json);
  if (answer.kind !== 'series') return failure(answer.message);
  const [only, ...others] = answer.series;
  if (only === undefined) return { kind: 'empty' };
  if (others.length === 0) return numberAnswer(only.value);
  return severalSeries(answer.series.map(nameOf), 'Put sum(…) or avg(…) around the query.');
}

const nameOf = ({ labels }: Series): string => {
  const { __name__: name = '', ...rest } = labels;
  const pairs = Object.entries(rest).map(([key, value]) => `${key}=${JSON.stringify(value)}`);
  return `${name}{${pairs.join(', ')}}`;
};
