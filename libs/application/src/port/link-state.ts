import type { Instant } from '@spillway/kernel';

/** `connecting` until the first list is complete; nothing is known of the cluster before. */
export type LinkState =
  | { readonly kind: 'connecting'; readonly since: Instant }
  | { readonly kind: 'ready'; readonly since: Instant }
  | { readonly kind: 'unreachable'; readonly since: Instant; readonly reason: string };
