import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { destinationMetrics, sourceMetrics, type Counted } from './istio-metrics.js';
import type { Proxy } from './proxy.js';
import type { Upstreams } from './upstreams.js';

/** Serves what all proxies and all Pods counted, as Istio would, to one Prometheus. */
export class MetricsServer {
  private readonly server: Server;

  constructor(upstreams: Upstreams, proxies: () => Promise<readonly Proxy[]>) {
    const page = async (): Promise<string> => {
      const all = (await proxies()).map((proxy) => sourceMetrics(proxy, upstreams));
      // A frozen proxy does not answer; the others are told of nonetheless.
      const answered = await Promise.allSettled(all);
      const source = answered.flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
      return exposition([...source, ...destinationMetrics(upstreams)]);
    };
    this.server = createServer((_, response) => {
      void page().then(
        (text) => response.setHeader('content-type', 'text/plain; version=0.0.4').end(text),
        (error: unknown) => response.writeHead(500).end(String(error)),
      );
    });
  }

  async start(): Promise<void> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
  }

  get target(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    if (!this.server.listening) return;
    this.server.close();
    this.server.closeAllConnections();
    await once(this.server, 'close');
  }
}

/** Envoy tells more apart than Istio does: addresses, routes, and two proxies of one workload. */
function exposition(counted: readonly Counted[]): string {
  const sums = new Map<string, number>();
  for (const [series, value] of counted) sums.set(series, (sums.get(series) ?? 0) + value);
  return [...sums].map(([series, value]) => `${series} ${value}\n`).join('');
}
