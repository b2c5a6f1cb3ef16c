import type { NumberSource } from '@spillway/application';
import { createJsonSource, type ConnectionTo, type SourceDeps } from '../backend-call/index.js';
import { readNewRelic } from './new-relic-answer.js';
import { newRelicDialect } from './new-relic-dialect.js';

const addresses = {
  us: 'https://api.newrelic.com',
  eu: 'https://api.eu.newrelic.com',
} as const;

const document = `query ($account: Int!, $nrql: Nrql!, $timeout: Seconds!) {
  actor { account(id: $account) { nrql(query: $nrql, timeout: $timeout) { results metadata { messages } } } }
}`;

/** New Relic gives up before we do, so that it says why; it does so after 5 s when not told. */
const vendorsShare = 0.9;
const longestSeconds = 120;

/** NRQL by NerdGraph. The query comes without SINCE and UNTIL, for these are the window's. */
export const createNewRelicSource = (
  connection: ConnectionTo<'newRelic'>,
  deps: SourceDeps,
): NumberSource => {
  const { region, url = addresses[region], accountId, apiKey, timeoutMs } = connection;
  const timeout = Math.min(longestSeconds, Math.ceil((timeoutMs * vendorsShare) / 1_000));
  return createJsonSource(
    {
      url,
      timeoutMs,
      dialect: newRelicDialect,
      secrets: { apiKey },
      call: ({ query, from, to }, secrets) => ({
        method: 'POST',
        path: '/graphql',
        headers: { 'content-type': 'application/json', 'api-key': secrets.apiKey.text },
        body: JSON.stringify({
          query: document,
          variables: { account: accountId, nrql: within(query, from, to), timeout },
        }),
      }),
      read: readNewRelic,
    },
    deps,
  );
};

/** SINCE is in, UNTIL is not; moments of events are whole milliseconds. */
const within = (query: string, from: number, to: number): string =>
  `${query.trim()} SINCE ${Math.floor(from) + 1} UNTIL ${Math.floor(to) + 1}`;
