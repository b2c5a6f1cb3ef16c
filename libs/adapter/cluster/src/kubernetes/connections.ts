import type { Duration } from '@spillway/kernel';
import { Agent, ProxyAgent, type buildConnector, type Dispatcher } from 'undici';
import type { ApiServer } from './api-server.js';

/**
 * More would not be faster: one connection carries some hundred writes a second.
 * Without a limit a burst of a thousand opens a thousand connections.
 */
const callsAtOnce = 16;
/** With the ten probes that Node sends a second apart, a path that is gone is noticed after 25 s. */
const keepAliveInitialDelay = 15_000;

/** Opens connections; `undefined` where any address may be connected to. */
export type Connect =
  ((options?: buildConnector.BuildOptions) => buildConnector.connector) | undefined;

/** The connections to one API server. Watches have their own, or they would take the places of calls. */
export interface Connections {
  readonly calls: Dispatcher;
  readonly watches: Dispatcher;
}

export function openConnections(
  { tls, proxy }: ApiServer,
  timeout: Duration,
  guarded?: Connect,
): Connections {
  const settings = { ...tls, timeout, keepAlive: true, keepAliveInitialDelay };
  const connect = guarded === undefined ? settings : guarded(settings);
  const open = (limit: { connections?: number }): Dispatcher =>
    proxy === undefined
      ? new Agent({ connect, ...limit })
      : new ProxyAgent({ uri: proxy, requestTls: tls, connect, ...limit });
  return { calls: open({ connections: callsAtOnce }), watches: open({}) };
}
