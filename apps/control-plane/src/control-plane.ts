import type { Logger } from '@spillway/application';
import { createEngine, type Engine } from './engine/create-engine.js';
import type { ApiServerOptions } from './http/api-server.js';
import { startHealthServer } from './http/health-server.js';
import type { HttpServer } from './http/http-server.js';
import { listening } from './http/listening.js';
import { operatorRoutes } from './http/operator-routes.js';
import { servesApi, type Config } from './config/load-config.js';

/** A control plane that listens and, once its database is there, works. */
export interface ControlPlane {
  readonly engine: Engine;
  readonly port: number;
  /** Settles when the database was opened and work has begun; rejects when waiting does not help. */
  readonly started: Promise<void>;
  /** Answers nothing new, finishes what is in hand, and lets go of everything. */
  stop(): Promise<void>;
}

/** A worker never loads what only an API needs, which is a third of all modules. */
async function startApi(options: ApiServerOptions): Promise<HttpServer> {
  const { startApiServer } = await import('./http/api-server.js');
  return startApiServer(options);
}

/** Listens first, so that callers are told "not yet" instead of nothing. */
export async function startControlPlane(
  config: Config,
  logger: Logger,
  world?: Engine['world'],
): Promise<ControlPlane> {
  const engine = createEngine(config, logger, world);
  const { useCases, authenticate, watching } = engine;
  const onRequest = engine.tracing.request;
  const { health } = watching;
  const routes = operatorRoutes({ ...watching, metrics: config.metrics });
  const server = await listening(config, () =>
    servesApi(config.role)
      ? startApi({ config, useCases, authenticate, health, routes, logger, onRequest })
      : startHealthServer({ config, health, routes }),
  );
  const waiting = new AbortController();
  const started = engine.start(waiting.signal);
  return {
    engine,
    port: server.port,
    started,
    async stop() {
      health.stop();
      waiting.abort();
      await started.catch(() => undefined);
      // A worker says that it is stopping for as long as it has jobs in hand; an API takes no more requests first.
      const last = servesApi(config.role) ? [server, engine] : [engine, server];
      for (const part of last) await part.stop();
    },
  };
}
