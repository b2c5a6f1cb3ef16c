import { Pool } from 'undici';
import { CookieClient } from './cookie-client.js';
import type { Reply, RequestOptions } from './exchange.js';
import { Load, type LoadOptions } from './load.js';
import { Tally, type Outcome } from './tally.js';

/** Sends requests over connections that stay open. */
export class RequestSender {
  private readonly pool: Pool;

  constructor(url: string) {
    this.pool = new Pool(url, { connections: 32, headersTimeout: 30_000 });
  }

  /** One request; fails as the connection does. */
  async send({ host, path = '/', method = 'GET', headers = {} }: RequestOptions): Promise<Reply> {
    const all = { ...headers, host };
    const {
      statusCode,
      headers: got,
      body,
    } = await this.pool.request({
      path,
      method,
      headers: all,
    });
    return { status: statusCode, headers: got, body: await body.text() };
  }

  /** `n` requests as fast as 32 at a time go. */
  async burst(n: number, options: RequestOptions): Promise<Tally> {
    const tally = new Tally();
    let left = n;
    const sendNext = async (): Promise<void> => {
      while (left > 0) {
        left -= 1;
        tally.add(await this.attempt(options));
      }
    };
    await Promise.all(Array.from({ length: 32 }, sendNext));
    return tally;
  }

  /** So many requests a second until it is stopped, whether or not earlier ones were answered. */
  load(options: LoadOptions): Load {
    return new Load((request) => this.attempt(request), options);
  }

  /** Somebody who keeps the cookies that they are given. */
  client(options: RequestOptions): CookieClient {
    return new CookieClient((request) => this.send(request), options);
  }

  async close(): Promise<void> {
    await this.pool.destroy();
  }

  private async attempt(options: RequestOptions): Promise<Outcome> {
    const at = Date.now();
    try {
      const { status, headers } = await this.send(options);
      const version = headers['x-version'];
      return { at, status, version: typeof version === 'string' ? version : undefined };
    } catch (error) {
      return { at, error: (error as Error).message };
    }
  }
}
