import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { once } from 'node:events';
import { isDeepStrictEqual } from 'node:util';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { refusal } from '@spillway/kernel';
import { Refused } from '@spillway/interface-problem';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { REST_OPTIONS, type RestOptions } from '../options.js';
import { identityOf } from '../auth/identity.js';

const standardMostStreams = 8_000;
const standardHeartbeatMs = 15_000;
/** Whoever reads nothing for so long is cut off: what waits for him fills memory. */
const drainMs = 30_000;

/** One message, as `block` renders it; several may be joined. */
export type Block = string;

/** Without an id a reader keeps the one before. */
export const block = (event: string, data: string, id?: string): Block =>
  `event: ${event}\n${id === undefined ? '' : `id: ${id}\n`}data: ${data}\n\n`;

/** JSON of what is sent to many readers, made once. */
export function rendered<T extends object>(view: (value: T) => unknown): (value: T) => string {
  const known = new WeakMap<T, string>();
  return (value) => {
    const text = known.get(value) ?? JSON.stringify(view(value));
    known.set(value, text);
    return text;
  };
}

/** Every stream that is open, so that none keeps the process from stopping. */
@Injectable()
export class EventStreams implements OnModuleDestroy {
  private readonly open = new Set<AbortController>();

  constructor(
    @Inject(REST_OPTIONS)
    private readonly options: Pick<RestOptions, 'heartbeatMs' | 'mostStreams' | 'authenticate'>,
  ) {}

  /** A signal that is aborted when the client goes away or the process stops. */
  begin({ raw }: FastifyReply): AbortSignal {
    if (this.open.size >= (this.options.mostStreams ?? standardMostStreams)) {
      throw new Refused(tooManyStreams());
    }
    const controller = new AbortController();
    this.open.add(controller);
    raw.once('close', () => {
      this.open.delete(controller);
      controller.abort();
    });
    return controller.signal;
  }

  /**
   * Writes blocks until there are no more, the signal aborts, or its reader is not who they were:
   * a token that is revoked, or may do something else by now, hears nothing more. Never faster
   * than they are read.
   */
  async write(
    reply: FastifyReply,
    blocks: AsyncIterable<Block>,
    signal: AbortSignal,
  ): Promise<void> {
    const { request, raw: response } = reply.hijack();
    response.writeHead(200, {
      ...(reply.getHeaders() as OutgoingHttpHeaders),
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      // Or a proxy collects events until its buffer is full.
      'x-accel-buffering': 'no',
    });
    response.write(': follows\n\n');
    const heartbeat = setInterval(
      () => void this.showLife(request, response),
      this.options.heartbeatMs ?? standardHeartbeatMs,
    );
    try {
      for await (const text of blocks) {
        if (signal.aborted || !(await this.isSame(request))) break;
        if (!response.write(text)) await drained(response, signal);
      }
    } finally {
      clearInterval(heartbeat);
      response.end();
    }
  }

  /** A quiet stream ends as well when its reader may not read any more. */
  private async showLife(request: FastifyRequest, response: ServerResponse): Promise<void> {
    if (!(await this.isSame(request))) return void response.destroy();
    if (!response.writableNeedDrain) response.write(': still here\n\n');
  }

  /** Asked again each time; the authenticator remembers for a second. What cannot be asked is no. */
  private async isSame(request: FastifyRequest): Promise<boolean> {
    try {
      const now = await this.options.authenticate(request.headers.authorization);
      return isDeepStrictEqual(now, identityOf(request));
    } catch {
      return false;
    }
  }

  onModuleDestroy(): void {
    for (const controller of this.open) controller.abort();
  }
}

async function drained(response: ServerResponse, signal: AbortSignal): Promise<void> {
  const cut = setTimeout(() => response.destroy(), drainMs);
  try {
    await once(response, 'drain', { signal });
  } catch {
    // The reader went away, which the loop sees by itself.
  } finally {
    clearTimeout(cut);
  }
}

const tooManyStreams = () =>
  refusal(
    'RATE_LIMITED',
    'As many streams are open as this process keeps.',
    'Close some, or ask another process; plain requests are answered as ever.',
  );
