import { duration, formatDuration, type Instant } from '@spillway/kernel';
import type { BackendReply, Dialect, Meaning } from './dialect.js';
import { headerOf, retryAfterMs } from './retry-after.js';
import { namesOf, type OpenedSecret } from './secrets.js';
import { failure, type SourceError } from './source-answer.js';

export interface ExplainContext {
  readonly dialect: Dialect;
  readonly secrets: readonly OpenedSecret[];
  readonly now: Instant;
}

/** A reply that is no answer, for a person. */
export function explain(
  reply: BackendReply,
  meaning: Exclude<Meaning, 'good'>,
  { dialect, secrets, now }: ExplainContext,
): SourceError {
  const wait = retryAfterMs(reply.headers, now) ?? dialect.waitMs?.(reply, now);
  const said = wordsOf(reply, dialect);
  const status = `HTTP ${reply.status}`;
  switch (meaning) {
    case 'badCredentials':
      return failure(`${status}, ${credentialsAdvice(secrets)}${said}`);
    case 'tooOften':
      return failure(`${status}, it is asked too often${until(wait)}${said}`, wait);
    case 'elsewhere': {
      const where = headerOf(reply.headers, 'location') ?? 'nowhere';
      return failure(
        `${status}, it sends to ${where}; ask there: credentials are carried nowhere else`,
      );
    }
    case 'backendsTrouble':
      return failure(`${status}, it has trouble of its own${until(wait)}${said}`, wait);
    case 'refused':
      return failure(`${status}${said}`);
  }
}

const credentialsAdvice = (secrets: readonly OpenedSecret[]): string =>
  secrets.length === 0
    ? 'it wants credentials, and the connection names none'
    : `it does not accept the credentials or what they may read; look at ${namesOf(secrets)}`;

const until = (wait: number | undefined): string =>
  wait === undefined
    ? ''
    : `; it wants to be left alone for ${formatDuration(duration(Math.round(wait)))}`;

/** The backend's own words, or else the text as it is: proxies in front of it answer in HTML. */
function wordsOf({ json, text }: BackendReply, dialect: Dialect): string {
  const words = json === undefined ? undefined : dialect.messageOf?.(json);
  const said = words ?? text.trim();
  return said === '' ? '' : `: ${said}`;
}
