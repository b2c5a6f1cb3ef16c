import type { Clock, OpenSecret, SourceConnection } from '@spillway/application';

export type ConnectionTo<Kind extends SourceConnection['kind']> = Extract<
  SourceConnection,
  { readonly kind: Kind }
>;

/** What every source is made with, beside its connection. */
export interface SourceDeps {
  readonly openSecret: OpenSecret;
  readonly clock: Clock;
}
