import { expect, it } from '@jest/globals';
import type { OutgoingCalls, OutgoingRequest } from '../../port/outgoing.js';
import { fresh } from './fresh.js';

/** What somebody who is called does: answers, never answers, or hangs up. */
export type ServedEndpoint =
  | {
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
    }
  | 'hangs'
  | 'closes';

export interface OutgoingHarness {
  readonly outgoing: OutgoingCalls;
  /** Where it can be called. */
  readonly serve: (endpoint: ServedEndpoint) => Promise<string>;
  /** Where nobody listens. */
  readonly vacant: () => Promise<string>;
  /** What arrived, in order. */
  readonly received: () => readonly {
    readonly method: string;
    readonly headers: Readonly<Record<string, unknown>>;
    readonly body: string;
  }[];
  close?(): Promise<void>;
}

const request = (url: string, more: Partial<OutgoingRequest> = {}): OutgoingRequest => ({
  url,
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: '{"name":"catalog"}',
  timeoutMs: 5_000,
  maxBytes: 1_024,
  ...more,
});

/** What every `OutgoingCalls` promises. */
export function outgoingContract(make: () => Promise<OutgoingHarness>): void {
  const start = fresh(make);

  it('sends method, headers and body, and gives the answer', async () => {
    const { outgoing, serve, received } = await start();
    const url = await serve({ status: 403, headers: { 'x-why': 'closed' }, body: 'Forbidden' });
    expect(await outgoing.call(request(url))).toEqual({
      kind: 'answered',
      status: 403,
      headers: expect.objectContaining({ 'x-why': 'closed' }),
      body: 'Forbidden',
    });
    expect(received()).toEqual([
      expect.objectContaining({
        method: 'POST',
        body: '{"name":"catalog"}',
        headers: expect.objectContaining({ 'content-type': 'application/json' }),
      }),
    ]);
  });

  it('gives no more of a body than was asked for', async () => {
    const { outgoing, serve } = await start();
    const url = await serve({ status: 200, body: 'x'.repeat(100_000) });
    const answer = await outgoing.call(request(url, { maxBytes: 10 }));
    expect(answer).toMatchObject({ kind: 'answered', status: 200, body: 'xxxxxxxxxx' });
  });

  it('follows no redirect', async () => {
    const { outgoing, serve, received } = await start();
    const elsewhere = await serve({ status: 200 });
    const url = await serve({ status: 307, headers: { location: elsewhere } });
    expect(await outgoing.call(request(url))).toMatchObject({ kind: 'answered', status: 307 });
    expect(received()).toHaveLength(1);
  });

  it('gives up on who does not answer in time', async () => {
    const { outgoing, serve } = await start();
    const url = await serve('hangs');
    expect(await outgoing.call(request(url, { timeoutMs: 50 }))).toMatchObject({
      kind: 'failed',
      why: 'timeOut',
      reason: expect.stringContaining('50 ms'),
    });
  });

  it('says of who hangs up that the connection failed', async () => {
    const { outgoing, serve } = await start();
    const url = await serve('closes');
    const answer = await outgoing.call(request(url));
    expect(answer).toMatchObject({ kind: 'failed', why: 'connection' });
  });

  it('says of an address where nobody listens that the connection failed', async () => {
    const { outgoing, vacant } = await start();
    const answer = await outgoing.call(request(await vacant()));
    expect(answer).toMatchObject({ kind: 'failed', why: 'connection' });
  });

  it.each(['nonsense', 'ftp://example.com/', 'file:///etc/passwd', 'http://a:b@example.com/'])(
    'refuses to call %s',
    async (url) => {
      const { outgoing, received } = await start();
      expect(await outgoing.call(request(url))).toMatchObject({ kind: 'refused' });
      expect(received()).toEqual([]);
    },
  );
}
