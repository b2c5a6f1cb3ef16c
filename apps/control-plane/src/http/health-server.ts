import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Config } from '../config/load-config.js';
import type { Health } from '../health/health.js';
import type { HttpServer } from './http-server.js';
import type { OperatorAnswer, OperatorRoute } from './operator-route.js';
import { healthAnswer } from './operator-routes.js';

export interface HealthServerOptions {
  readonly config: Pick<Config, 'host' | 'port'>;
  readonly health: Health;
  readonly routes: ReadonlyMap<string, OperatorRoute>;
}

/** All that a process with the role `worker` answers: what machines ask every process, and the API's addresses of health. */
export async function startHealthServer({
  config: { host, port },
  health,
  routes,
}: HealthServerOptions): Promise<HttpServer> {
  const all: ReadonlyMap<string, OperatorRoute> = new Map([
    ...routes,
    ['/health/live', () => Promise.resolve(healthAnswer(health.live()))],
    ['/health/ready', async () => healthAnswer(await health.ready())],
  ]);
  const server = createServer((request, response) => void answer(request, response, all));
  server.listen(port, host);
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const unknown: OperatorAnswer = {
  status: 404,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ ok: false, checks: [] }),
};

const broken: OperatorAnswer = { ...unknown, status: 500 };

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  routes: ReadonlyMap<string, OperatorRoute>,
): Promise<void> {
  const { authorization, host } = request.headers;
  const route = routes.get((request.url ?? '').split('?')[0] ?? '');
  const said = await route?.({ authorization, host }).catch(() => broken);
  const { status, headers, body } = said ?? unknown;
  response.writeHead(status, headers).end(request.method === 'HEAD' ? undefined : body);
}
