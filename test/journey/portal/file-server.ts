import { once } from 'node:events';
import { createReadStream, statSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.graphql': 'text/plain; charset=utf-8',
};

/** Serves a folder as any server of files does; each is an origin of its own. */
export class FileServer {
  private constructor(
    private readonly server: Server,
    readonly origin: string,
  ) {}

  static async of(folder: string): Promise<FileServer> {
    const server = createServer(({ url = '/' }, response) => {
      const { pathname } = new URL(url, 'http://files');
      send(join(folder, normalize(pathname)), response);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    return new FileServer(server, `http://127.0.0.1:${port}`);
  }

  async stop(): Promise<void> {
    this.server.close();
    this.server.closeAllConnections();
    await once(this.server, 'close');
  }
}

function send(file: string, response: ServerResponse): void {
  if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true) {
    // Browsers ask for it by themselves, and say so when it is missing.
    response.writeHead(file.endsWith('favicon.ico') ? 204 : 404).end();
    return;
  }
  response.writeHead(200, { 'Content-Type': types[extname(file)] ?? 'application/octet-stream' });
  createReadStream(file).pipe(response);
}
