import type { Meter } from '@spillway/application';
import pg from 'pg';

type Query = (...given: readonly unknown[]) => unknown;

/** What a pool makes its connections of, when each statement is to be counted. */
export const meteredClient = (meter: Meter): typeof pg.Client =>
  class MeteredClient extends pg.Client {
    constructor(config?: string | pg.ClientConfig) {
      super(config);
      // An own property, since the overloads of the method cannot be written again.
      this.query = metered(this.query.bind(this) as Query, meter) as typeof this.query;
    }
  };

/** Statements are asked by promise throughout; what is asked in another way is not counted. */
const metered =
  (query: Query, meter: Meter): Query =>
  (...given) => {
    const began = performance.now();
    const answer = query(...given);
    if (answer instanceof Promise) {
      const note = (outcome: 'ok' | 'failed') => (): void =>
        meter.note({ kind: 'queried', outcome, ms: performance.now() - began });
      answer.then(note('ok'), note('failed'));
    }
    return answer;
  };
