import type { AgentOptions, RequestOptions } from 'node:https';
import type { KubeConfig } from '@kubernetes/client-node';
import type { Duration } from '@spillway/kernel';
import { Agent, ProxyAgent, type buildConnector, type Dispatcher } from 'undici';

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

/** client-node would make a new dispatcher, and so a new connection, for each call. */
export function openConnections(
  config: KubeConfig,
  tls: RequestOptions,
  timeout: Duration,
  guarded?: Connect,
): Connections {
  const options = config.createDispatcherOptions(config.getCurrentCluster(), tls as AgentOptions);
  // Node's and undici's types of the same TLS options differ in what may be undefined.
  const settings = {
    ...('connect' in options && options.connect),
    timeout,
    keepAlive: true,
    keepAliveInitialDelay,
  } as buildConnector.BuildOptions;
  const connect = guarded === undefined ? settings : guarded(settings);
  const open = (limit: { connections?: number }): Dispatcher => {
    if (options.type !== 'proxy') return new Agent({ connect, ...limit });
    const requestTls = options.requestTls as buildConnector.BuildOptions;
    return new ProxyAgent({ uri: options.uri, requestTls, connect, ...limit });
  };
  return { calls: open({ connections: callsAtOnce }), watches: open({}) };
}
