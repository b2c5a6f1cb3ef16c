import type { ServerResponse } from 'node:http';

const bookmarkMs = 60_000;

/** Open watches of one collection. Like those of an API server they hear a bookmark once a minute. */
export class Watchers {
  private readonly open = new Set<ServerResponse>();

  constructor(private readonly version: () => string) {
    setInterval(() => {
      this.tell('BOOKMARK', { metadata: { resourceVersion: this.version() } });
    }, bookmarkMs).unref();
  }

  add(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.flushHeaders();
    this.open.add(response);
    response.on('close', () => this.open.delete(response));
  }

  breakOff(): void {
    for (const response of this.open) response.destroy();
  }

  tell(type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK', object: unknown): void {
    const line = `${JSON.stringify({ type, object })}\n`;
    for (const response of this.open) response.write(line);
  }
}
