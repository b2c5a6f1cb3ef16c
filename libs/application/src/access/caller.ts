import type { Grant } from '@spillway/domain-access';

/** By which door a request came in. */
export const doors = ['rest', 'graphql', 'webhook', 'gate', 'system'] as const;
export type Door = (typeof doors)[number];

/** Where a request came from; kept with what it changed. */
export interface Origin {
  readonly via: Door;
  readonly requestId: string;
  /** IP address of who is connected, where there is one. */
  readonly address?: string;
}

/** Who asks. Every use case takes it last. */
export interface Caller {
  /** A person, the name of a token, or `webhook <name>`. */
  readonly actor: string;
  /** What it may do where. Empty: nothing. */
  readonly grants: readonly Grant[];
  readonly origin: Origin;
  /** Makes a repeated request give the first one's answer. */
  readonly idempotencyKey?: string;
  /** The tag of what the caller has read: the change is refused when it is another by now. */
  readonly ifMatch?: string;
}

/** Spillway itself, for what it does unasked. */
export const systemCaller = (actor: string, requestId: string): Caller => ({
  actor,
  grants: [{ role: 'admin' }],
  origin: { via: 'system', requestId },
});
