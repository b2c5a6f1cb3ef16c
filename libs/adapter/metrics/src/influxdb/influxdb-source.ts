import type { NumberSource, SourceAnswer } from '@spillway/application';
import { z } from 'zod';
import {
  BackendClient,
  failure,
  headerOf,
  openSecrets,
  type BackendReply,
  type ConnectionTo,
  type Dialect,
  type SourceDeps,
} from '../backend-call/index.js';
import { readFlux } from './flux-answer.js';
import { fluxWindow } from './flux-window.js';

const problem = z.object({ message: z.string() });

const dialect: Dialect = {
  name: 'InfluxDB',
  messageOf: (json) => problem.safeParse(json).data?.message,
};

/** InfluxDB 2 in Flux. The query has its window in `v`, and ends in one row. */
export function createInfluxDbSource(
  { url, timeoutMs, organization, token: tokenRef }: ConnectionTo<'influxdb'>,
  { openSecret, clock, connect }: SourceDeps,
): NumberSource {
  const client = new BackendClient({ url, timeoutMs, dialect, clock, connect });
  return {
    async ask(question) {
      const opened = await openSecrets(openSecret, { token: tokenRef });
      if (opened.kind === 'error') return client.tell(opened, []);
      const { token } = opened.secrets;
      const reply = await client.ask({
        method: 'POST',
        path: '/api/v2/query',
        query: { org: organization },
        headers: {
          accept: 'application/csv',
          authorization: `Token ${token.text}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify({
          type: 'flux',
          query: question.query,
          extern: fluxWindow(question),
          dialect: { header: true, delimiter: ',', annotations: [] },
        }),
        secrets: [token],
      });
      if (reply.kind === 'error') return reply;
      const answer = readReply(reply);
      return answer.kind === 'error' ? client.tell(answer, [token]) : answer;
    },
    close: () => client.close(),
  };
}

function readReply({ headers, status, text }: BackendReply): SourceAnswer {
  if (headerOf(headers, 'content-type')?.includes('csv') === true) return readFlux(text);
  return failure(
    `HTTP ${status} with a body that is not CSV; check host and path prefix: ${text.trim()}`,
  );
}
