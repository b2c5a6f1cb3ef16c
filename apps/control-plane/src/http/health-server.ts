import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Config } from '../config/load-config.js';
import type { HttpServer } from './http-server.js';
import { readinessOf } from './readiness.js';

/** All that a process with the role `worker` answers: the same two addresses as the API's. */
export async function startHealthServer(
  { host, port }: Config,
  ping: () => Promise<void>,
): Promise<HttpServer> {
  const readiness = readinessOf(ping);
  const server = createServer((request, response) => {
    const answer = (status: number, body: unknown): void => {
      response.writeHead(status, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify(body));
    };
    if (request.url === '/health/live') return answer(200, { ok: true, checks: [] });
    if (request.url !== '/health/ready') return answer(404, { ok: false, checks: [] });
    return void readiness().then((health) => answer(health.ok ? 200 : 503, health));
  });
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
