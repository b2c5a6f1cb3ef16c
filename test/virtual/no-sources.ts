import { Connections, type NumberSource, type SourceRecord } from '@spillway/application';

/** Metrics backends that nobody has data in. */
export const noSources = (): Connections<NumberSource, SourceRecord> =>
  new Connections(() => ({
    ask: () => Promise.resolve({ kind: 'empty' }),
    close: () => Promise.resolve(),
  }));
