import { once } from 'node:events';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { Response } from 'express';

export interface StreamedEvent {
  readonly event: string;
  readonly id: string;
  readonly data: unknown;
}

/** Every stream that is open, so that none keeps the process from stopping. */
@Injectable()
export class EventStreams implements OnModuleDestroy {
  private readonly open = new Set<AbortController>();

  /** A signal that is aborted when the client goes away or the process stops. */
  begin(response: Response): AbortSignal {
    const controller = new AbortController();
    this.open.add(controller);
    response.once('close', () => {
      this.open.delete(controller);
      controller.abort();
    });
    return controller.signal;
  }

  onModuleDestroy(): void {
    for (const controller of this.open) controller.abort();
  }
}

export interface StreamOptions {
  readonly signal: AbortSignal;
  readonly heartbeatMs: number;
}

/** Writes server-sent events until there are no more, or the signal aborts. Never faster than they are read. */
export async function stream(
  response: Response,
  events: AsyncIterable<StreamedEvent>,
  { signal, heartbeatMs }: StreamOptions,
): Promise<void> {
  response.writeHead(200, {
    'Content-Type': 'text/event-stream',
    'Cache-Control': 'no-store',
    // Or a proxy collects events until its buffer is full.
    'X-Accel-Buffering': 'no',
  });
  response.write(': follows\n\n');
  const heartbeat = setInterval(() => response.write(': still here\n\n'), heartbeatMs);
  try {
    for await (const event of events) {
      if (signal.aborted) break;
      if (!response.write(render(event))) await drained(response, signal);
    }
  } finally {
    clearInterval(heartbeat);
    response.end();
  }
}

const render = ({ event, id, data }: StreamedEvent): string =>
  `event: ${event}\nid: ${id}\ndata: ${JSON.stringify(data)}\n\n`;

async function drained(response: Response, signal: AbortSignal): Promise<void> {
  try {
    await once(response, 'drain', { signal });
  } catch {
    // The reader went away, which the loop sees by itself.
  }
}
