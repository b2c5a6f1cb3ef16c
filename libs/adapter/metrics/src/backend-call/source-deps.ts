import type { Clock, OpenSecret, SourceConnection } from '@spillway/application';
import type { buildConnector } from 'undici';

export type ConnectionTo<Kind extends SourceConnection['kind']> = Extract<
  SourceConnection,
  { readonly kind: Kind }
>;

/** Opens connections; `undefined` where any address may be connected to. */
export type Connect =
  ((options?: buildConnector.BuildOptions) => buildConnector.connector) | undefined;

/** For undici's option `connect`, with a time-out of its own: undici hears a signal only once it is connected. */
export const connecting = (
  options: buildConnector.BuildOptions & { readonly timeout: number },
  connect: Connect,
): buildConnector.BuildOptions | buildConnector.connector => connect?.(options) ?? options;

/** What every source is made with, beside its connection. */
export interface SourceDeps {
  readonly openSecret: OpenSecret;
  readonly clock: Clock;
  readonly connect?: Connect;
}
