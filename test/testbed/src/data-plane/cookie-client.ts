import type { Reply, RequestOptions } from './exchange.js';

/** A browser, as far as cookies go: it keeps them, sends them back, and drops those that are taken away. */
export class CookieClient {
  private readonly jar = new Map<string, string>();

  constructor(
    private readonly send: (options: RequestOptions) => Promise<Reply>,
    private readonly options: RequestOptions,
  ) {}

  get cookies(): Readonly<Record<string, string>> {
    return Object.fromEntries(this.jar);
  }

  async get(path?: string): Promise<Reply> {
    const cookie = [...this.jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...this.options.headers, ...(cookie && { cookie }) };
    const reply = await this.send({ ...this.options, headers, ...(path && { path }) });
    const given = reply.headers['set-cookie'] ?? [];
    for (const line of Array.isArray(given) ? given : [given]) this.keep(line);
    return reply;
  }

  /** The version that answers now. */
  async version(): Promise<string | undefined> {
    const { headers } = await this.get();
    const version = headers['x-version'];
    return typeof version === 'string' ? version : undefined;
  }

  private keep(line: string): void {
    const [, name, value, attributes = ''] = /^\s*([^=;]+)=([^;]*)(.*)$/.exec(line) ?? [];
    if (name === undefined || value === undefined) return;
    const age = /;\s*max-age=(-?\d+)/i.exec(attributes)?.[1];
    if (age !== undefined && Number(age) <= 0) this.jar.delete(name);
    else this.jar.set(name, value);
  }
}
