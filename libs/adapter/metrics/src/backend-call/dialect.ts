import type { Instant } from '@spillway/kernel';

export type ReplyHeaders = Readonly<Record<string, string | string[] | undefined>>;

export interface BackendReply {
  readonly kind: 'reply';
  readonly status: number;
  readonly headers: ReplyHeaders;
  readonly text: string;
  /** `undefined` where the text is no JSON. */
  readonly json: unknown;
}

/** What a reply is, whatever its status: some backends say "too often" with 400, or fail with 200. */
export type Meaning =
  'good' | 'badCredentials' | 'tooOften' | 'elsewhere' | 'refused' | 'backendsTrouble';

/** How one kind of backend says what HTTP does not. */
export interface Dialect {
  /** As in "Datadog". */
  readonly name: string;
  /** `undefined`: what the status means. */
  meaningOf?(reply: BackendReply): Meaning | undefined;
  /** What the backend says of an error, in its own words. */
  messageOf?(json: unknown): string | undefined;
  /** For how many milliseconds the backend wants to be left alone, where `Retry-After` does not say it. */
  waitMs?(reply: BackendReply, now: Instant): number | undefined;
}

export function meaningOfStatus(status: number): Meaning {
  if (status === 401 || status === 403) return 'badCredentials';
  if (status === 429) return 'tooOften';
  if (status >= 500) return 'backendsTrouble';
  if (status >= 400) return 'refused';
  return status >= 300 ? 'elsewhere' : 'good';
}
