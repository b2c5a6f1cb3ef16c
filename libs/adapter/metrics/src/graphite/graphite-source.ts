import type { NumberSource } from '@spillway/application';
import {
  BackendClient,
  basicPair,
  openSecrets,
  type BackendCall,
  type ConnectionTo,
  type SourceDeps,
  type SourceError,
} from '../backend-call/index.js';
import { readRendered } from './render-answer.js';
import { renderQuery } from './render-call.js';

/** Graphite's render API. The query is a target that gives one series. */
export function createGraphiteSource(
  connection: ConnectionTo<'graphite'>,
  deps: SourceDeps,
): NumberSource {
  // Graphite explains errors as plain text: no dialect of its own.
  const client = new BackendClient({ ...connection, ...deps, dialect: { name: 'Graphite' } });
  return {
    async ask(question) {
      const credentials = await openCredentials(connection, deps);
      if (credentials.kind === 'error') return client.tell(credentials, []);
      const { headers, secrets } = credentials;
      const query = renderQuery(question);
      const reply = await client.askJson({
        method: 'GET',
        path: '/render',
        query,
        headers,
        secrets,
      });
      if (reply.kind === 'error') return reply;
      const answer = readRendered(reply.json, question);
      return answer.kind === 'error' ? client.tell(answer, secrets) : answer;
    },
    close: () => client.close(),
  };
}

type Credentials = { readonly kind: 'opened' } & Required<Pick<BackendCall, 'headers' | 'secrets'>>;

async function openCredentials(
  { basic }: ConnectionTo<'graphite'>,
  { openSecret }: SourceDeps,
): Promise<Credentials | SourceError> {
  if (basic === undefined) return { kind: 'opened', headers: {}, secrets: [] };
  const opened = await openSecrets(openSecret, { password: basic.password });
  if (opened.kind === 'error') return opened;
  const { password } = opened.secrets;
  const pair = basicPair(basic.username, password);
  return {
    kind: 'opened',
    headers: { authorization: `Basic ${pair.text}` },
    secrets: [pair, password],
  };
}
