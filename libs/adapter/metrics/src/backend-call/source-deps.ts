import type { Clock, OpenSecret, SourceConnection } from '@spillway/application';
import type { buildConnector } from 'undici';

export type ConnectionTo<Kind extends SourceConnection['kind']> = Extract<
  SourceConnection,
  { readonly kind: Kind }
>;

/** Opens connections; `undefined` where any address may be connected to. */
export type Connect =
  ((options?: buildConnector.BuildOptions) => buildConnector.connector) | undefined;

/** What every source is made with, beside its connection. */
export interface SourceDeps {
  readonly openSecret: OpenSecret;
  readonly clock: Clock;
  readonly connect?: Connect;
}
