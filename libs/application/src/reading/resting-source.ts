import type { Instant } from '@spillway/kernel';
import { after } from '@spillway/kernel';
import type { Clock } from '../port/clock.js';
import type { NumberSource, SourceAnswer } from '../port/number-source.js';

/**
 * A source that is left alone for as long as it asks for. Until then everybody gets the refusal
 * that it gave: hundreds of releases that go on asking would keep the limit in force.
 */
export function restingSource(source: NumberSource, clock: Clock): NumberSource {
  let rest: { readonly until: Instant; readonly answer: SourceAnswer } | undefined;
  return {
    async ask(question) {
      if (rest !== undefined && clock.now() < rest.until) return rest.answer;
      const answer = await source.ask(question);
      // An answer that was under way when the refusal came ends no rest.
      if (answer.kind === 'error' && answer.retryAfter !== undefined) {
        rest = { until: after(clock.now(), answer.retryAfter), answer };
      }
      return answer;
    },
    close: () => source.close(),
  };
}
