import type { NumberSource } from '@spillway/application';
import { z } from 'zod';
import {
  BackendClient,
  openSecrets,
  type BackendReply,
  type ConnectionTo,
  type Dialect,
  type SourceDeps,
} from '../backend-call/index.js';
import { readPrometheus } from '../prometheus/prometheus-number-source.js';
import { AccessTokens } from './access-tokens.js';

/** Google's own errors, and those of the API of Prometheus that it speaks. */
const fault = z.union([
  z.object({ error: z.object({ message: z.string() }) }).transform(({ error }) => error.message),
  z
    .object({ error: z.string(), errorType: z.string() })
    .transform(({ error, errorType }) => `${errorType}: ${error}`),
]);

const explained = z.object({ error: z.object({ details: z.array(z.unknown()) }) });

/** What stands beside an error that time heals. */
const retryInfo = z.object({
  '@type': z.literal('type.googleapis.com/google.rpc.RetryInfo'),
  retryDelay: z.string().regex(/^\d+(?:\.\d{1,9})?s$/),
});

function waitMs({ json }: BackendReply): number | undefined {
  const details = explained.safeParse(json).data?.error.details ?? [];
  const asked = details
    .map((one) => retryInfo.safeParse(one).data)
    .find((one) => one !== undefined);
  return asked && Math.ceil(Number(asked.retryDelay.slice(0, -1)) * 1_000);
}

const dialect = (tokens: AccessTokens): Dialect => ({
  name: 'Google Cloud Monitoring',
  meaningOf: ({ status }) => {
    // The token may have been revoked before its time.
    if (status === 401) tokens.forget();
    return undefined;
  },
  messageOf: (json) => fault.safeParse(json).data,
  waitMs,
});

/** A query that takes too long is given up there before it looks as if nobody were there. */
const backendsShare = 0.9;

/** Google Cloud Monitoring in PromQL: MQL, its other language, is on its way out. */
export function createGoogleCloudSource(
  {
    project,
    url = 'https://monitoring.googleapis.com',
    timeoutMs,
    serviceAccountKey,
  }: ConnectionTo<'googleCloud'>,
  { openSecret, clock, connect }: SourceDeps,
): NumberSource {
  const tokens = new AccessTokens(clock, timeoutMs, connect);
  const client = new BackendClient({ url, timeoutMs, dialect: dialect(tokens), clock, connect });
  const path = `/v1/projects/${encodeURIComponent(project)}/location/global/prometheus/api/v1/query`;
  const timeout = `${Math.ceil(timeoutMs * backendsShare)}ms`;
  return {
    async ask({ query, to }) {
      const opened = await openSecrets(openSecret, { key: serviceAccountKey });
      if (opened.kind === 'error') return client.tell(opened, []);
      const { key } = opened.secrets;
      const access = await tokens.with(key);
      if (access.kind === 'error') return client.tell(access, [key]);
      const secrets = [key, access.token];
      const reply = await client.askJson({
        method: 'GET',
        path,
        query: { query, time: (to / 1_000).toFixed(3), timeout },
        headers: { authorization: `Bearer ${access.token.text}` },
        secrets,
      });
      if (reply.kind === 'error') return reply;
      const answer = readPrometheus(reply.json);
      return answer.kind === 'error' ? client.tell(answer, secrets) : answer;
    },
    close: () => client.close(),
  };
}
