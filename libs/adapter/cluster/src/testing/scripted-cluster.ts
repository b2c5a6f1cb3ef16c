import type { ServerResponse } from 'node:http';
import { holds, json, ScriptedApiServer, type Exchange } from './scripted-api-server.js';

/**
 * An API server whose lists are what a test says, and whose watches say only
 * what a test makes them say. Collections go by the last part of their path.
 */
export class ScriptedCluster {
  /** `list pods`, `watch pods`, `PATCH /path/of/an/object`, in their order. */
  readonly calls: string[] = [];
  /** The watch of each collection that began last. */
  readonly watches = new Map<string, ServerResponse>();
  /** The version of every list. */
  version = 10;
  readonly items = new Map<string, readonly object[]>();
  /** Answers lists instead, where it returns true. */
  answerList: (collection: string, exchange: Exchange) => boolean = () => false;
  /** Answers calls for single objects. Whoever is not answered waits. */
  answer: (exchange: Exchange, method: string) => void = () => undefined;

  readonly server = new ScriptedApiServer((exchange) => {
    const { url, response } = exchange;
    const { method = '' } = response.req;
    const collection = url.pathname.split('/').at(-1) ?? '';
    if (!collections.includes(collection)) {
      this.calls.push(`${method} ${url.pathname}`);
      this.answer(exchange, method);
    } else if (url.searchParams.has('watch')) {
      this.calls.push(`watch ${collection}`);
      this.watches.set(collection, response.writeHead(200));
      response.flushHeaders();
    } else {
      this.calls.push(`list ${collection}`);
      if (!this.answerList(collection, exchange)) this.list(collection, response);
    }
  });

  watching(...wanted: readonly string[]): Promise<void> {
    return holds(() => wanted.every((collection) => this.watches.has(collection)));
  }

  count(call: string): number {
    return this.calls.filter((one) => one.startsWith(call)).length;
  }

  private list(collection: string, response: ServerResponse): void {
    const metadata = { resourceVersion: String(this.version) };
    json(response, { metadata, items: this.items.get(collection) ?? [] });
  }
}

const collections = [
  'virtualservices',
  'destinationrules',
  'pods',
  'endpointslices',
  'deployments',
];
