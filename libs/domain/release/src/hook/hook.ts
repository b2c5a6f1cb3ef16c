import type { Duration, Instant, SecretName } from '@spillway/kernel';

/** When a hook is called. The names are those of Flagger's webhooks. */
export const hookPoints = [
  'confirm-rollout',
  'pre-rollout',
  'rollout',
  'confirm-traffic-increase',
  'confirm-promotion',
  'post-rollout',
  'rollback',
  'event',
] as const;

/**
 * - `confirm-rollout`, `pre-rollout`: before the candidate gets anything.
 * - `confirm-traffic-increase`: before each increase.
 * - `confirm-promotion`: before it gets everything in a cluster.
 * - `rollout`: again and again while it has traffic; enough failures roll back.
 * - `rollback`: again and again; an agreeing answer rolls back.
 * - `post-rollout`: told once that the release is over.
 * - `event`: told of everything that happens to it, in order.
 */
export type HookPoint = (typeof hookPoints)[number];

/** An address outside that is asked, or told, what a release does. */
export interface Hook {
  /** Its own among the hooks of a strategy. */
  readonly name: string;
  readonly point: HookPoint;
  readonly url: string;
  /** For one attempt. */
  readonly timeout: Duration;
  /** Attempts after the first, where nobody answers or the answer is 429 or 5xx but 501. */
  readonly retries: number;
  /** Between two calls while it is asked again and again. */
  readonly interval: Duration;
  /** More failed calls than this roll back; of `pre-rollout` and `rollout`. */
  readonly failureLimit: number;
  readonly metadata: Readonly<Record<string, string>>;
  /** With it, calls are signed as Standard Webhooks say. */
  readonly secret?: SecretName;
}

/**
 * - `open`: it agrees: 200, 201 or 202.
 * - `closed`: it answers anything else.
 * - `unanswered`: nobody knows what it thinks.
 */
export type HookOutcome = 'open' | 'closed' | 'unanswered';

/** What a hook answered to one question; the same answer again and again is kept as one. */
export interface HookAnswer {
  readonly hook: string;
  /** To what it is the answer: see `slotOf`. */
  readonly slot: string;
  readonly outcome: HookOutcome;
  /** `it answered 403: Forbidden`. */
  readonly detail: string;
  /** When it was given last. */
  readonly at: Instant;
  /** How often it was given in a row. */
  readonly times: number;
}

/** These are told, whatever they answer; all others are asked. */
export const isTold = ({ point }: Pick<Hook, 'point'>): boolean =>
  point === 'post-rollout' || point === 'event';
