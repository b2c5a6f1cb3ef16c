import type { Meter } from '@spillway/application';
import pg from 'pg';

type Query = (...given: readonly unknown[]) => unknown;

/** What a pool makes its connections of: each statement is counted, and they come one after another. */
export const meteredClient = (meter: Meter): typeof pg.Client =>
  class MeteredClient extends pg.Client {
    constructor(config?: string | pg.ClientConfig) {
      super(config);
      // An own property, since the overloads of the method cannot be written again.
      this.query = inTurn(metered(this.query.bind(this) as Query, meter)) as typeof this.query;
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

/**
 * A connection does one thing at a time, and the driver's own queue is going away. Those who share a
 * transaction ask at the same time; what is asked with a callback is asked at once.
 */
function inTurn(query: Query): Query {
  let last: Promise<unknown> = Promise.resolve();
  return (...given) => {
    if (typeof given.at(-1) === 'function') return query(...given);
    const answer = last.then(() => query(...given));
    last = answer.catch(() => undefined);
    return answer;
  };
}
