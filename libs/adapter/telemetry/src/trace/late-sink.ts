import type { SpanSink } from './span.js';

/** A sink that can be written to while it is still made; making it does not fail. */
export function lateSink(make: () => Promise<SpanSink>): SpanSink {
  const making = make();
  return {
    write: (span) => void making.then((sink) => sink.write(span)),
    close: async () => (await making).close(),
  };
}
