export interface ServerSentEvent {
  readonly event: string;
  readonly id: string;
  readonly data: string;
}

/** Nothing at all for so long: the line is dead, though nobody hung up. Heartbeats come every 15 s. */
export class LineSilent extends Error {
  override readonly name = 'LineSilent';
}

/** Longer than two heartbeats of the server. */
export const silenceMs = 45_000;

/** The events of a stream, and ids that come alone: places to begin again from. Comments are signs of life only. */
export async function* serverSentEvents(
  body: ReadableStream<Uint8Array>,
  silenceMs: number,
): AsyncGenerator<ServerSentEvent, void> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let unread = '';
  try {
    for (;;) {
      const { done, value } = await withinSilence(reader.read(), silenceMs);
      if (done) return;
      unread += decoder.decode(value, { stream: true });
      // The second half of a line end may still be on its way.
      const blocks = unread.replaceAll(/\r\n|\r(?!$)/g, '\n').split('\n\n');
      unread = blocks.pop() ?? '';
      yield* blocks.map(toEvent).filter(({ data, id }) => data !== '' || id !== '');
    }
  } finally {
    // The connection is closed with it; that it may be broken already is no news.
    await reader.cancel().catch(() => undefined);
  }
}

function toEvent(block: string): ServerSentEvent {
  const valuesOf = (field: string): string[] =>
    block
      .split('\n')
      .filter((line) => line.startsWith(`${field}:`))
      .map((line) => line.slice(field.length + 1).replace(/^ /, ''));
  return {
    event: valuesOf('event').at(-1) ?? 'message',
    id: valuesOf('id').at(-1) ?? '',
    data: valuesOf('data').join('\n'),
  };
}

async function withinSilence<T>(read: Promise<T>, silenceMs: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new LineSilent('the stream is silent')), silenceMs);
  });
  try {
    return await Promise.race([read, silence]);
  } finally {
    clearTimeout(timer);
  }
}
