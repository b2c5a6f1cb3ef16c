import { describe, expect, it } from '@jest/globals';
import { LineSilent, serverSentEvents, type ServerSentEvent } from './server-sent-events.js';

const encoder = new TextEncoder();

const bodyOf = (...parts: (string | Uint8Array)[]): ReadableStream<Uint8Array> =>
  new ReadableStream({
    start(stream) {
      for (const part of parts) {
        stream.enqueue(typeof part === 'string' ? encoder.encode(part) : part);
      }
      stream.close();
    },
  });

const eventsOf = async (body: ReadableStream<Uint8Array>): Promise<ServerSentEvent[]> => {
  const events: ServerSentEvent[] = [];
  for await (const event of serverSentEvents(body, 1_000)) events.push(event);
  return events;
};

describe('serverSentEvents', () => {
  it('reads events and passes over comments', async () => {
    const body = bodyOf(
      ': follows\n\nevent: release\nid: 1\ndata: {"a":1}\n\n: still here\n\ndata: x\n\n',
    );
    expect(await eventsOf(body)).toEqual([
      { event: 'release', id: '1', data: '{"a":1}' },
      { event: 'message', id: '', data: 'x' },
    ]);
  });

  it('puts together what comes in pieces, letters too', async () => {
    const bytes = encoder.encode('id: 7\ndata: ä\n\n');
    const pieces = [...bytes].map((byte) => Uint8Array.of(byte));
    expect(await eventsOf(bodyOf(...pieces))).toEqual([{ event: 'message', id: '7', data: 'ä' }]);
  });

  it('takes both kinds of line ends, and several lines of data', async () => {
    expect(await eventsOf(bodyOf('data: a\r\ndata: b\r\n\r\n'))).toMatchObject([{ data: 'a\nb' }]);
  });

  it('leaves out an event that broke off', async () => {
    expect(await eventsOf(bodyOf('data: a\n\ndata: b'))).toMatchObject([{ data: 'a' }]);
  });

  it('takes silence for a dead line', async () => {
    let cancelled = false;
    const body = new ReadableStream<Uint8Array>({
      cancel: () => {
        cancelled = true;
      },
    });
    await expect(serverSentEvents(body, 5).next()).rejects.toBeInstanceOf(LineSilent);
    expect(cancelled).toBe(true);
  });
});
