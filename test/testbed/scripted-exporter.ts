import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A target that shows what a test says, and keeps a record of what was taken. */
export class ScriptedExporter {
  /** By series, written as in the text format; what is not in it is not shown. */
  readonly series = new Map<string, number>();
  /** Scrapes fail while this is true, and Prometheus marks its series as stale. */
  failing = false;
  private readonly shown: ReadonlyMap<string, number>[] = [];

  private constructor(private readonly server: Server) {}

  static async start(): Promise<ScriptedExporter> {
    const server = createServer();
    const exporter = new ScriptedExporter(server);
    server.on('request', (_, response) => {
      if (exporter.failing) {
        response.writeHead(500).end();
        return;
      }
      exporter.shown.push(new Map(exporter.series));
      const text = [...exporter.series].map(([series, value]) => `${series} ${value}\n`).join('');
      response.setHeader('content-type', 'text/plain; version=0.0.4').end(text);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return exporter;
  }

  get target(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** How often it was scraped. */
  get scrapes(): number {
    return this.shown.length;
  }

  /** By how much a series grew from scrape to scrape, from nothing; less than before is a new life. */
  grown(series: string): number {
    let [before, sum] = [0, 0];
    for (const now of this.shown.map((one) => one.get(series))) {
      if (now === undefined) continue;
      sum += now >= before ? now - before : now;
      before = now;
    }
    return sum;
  }

  async stop(): Promise<void> {
    this.server.close();
    this.server.closeAllConnections();
    await once(this.server, 'close');
  }
}
