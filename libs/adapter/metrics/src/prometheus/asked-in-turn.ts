import type { Clock } from '@spillway/application';
import type { Instant } from '@spillway/kernel';
import pLimit from 'p-limit';
import type { Answer, Silence } from './answer.js';
import { Breaker } from './breaker.js';
import { connections, type PrometheusClient } from './prometheus-client.js';

/**
 * A Prometheus that is asked as much at once as it has connections. Who waits for a turn has no time
 * running out: where a worker is late, questions would be given up in the queue, and asked again, and
 * the more of them there are the fewer would be answered.
 */
export class AskedInTurn {
  readonly #inTurn = pLimit(connections);
  readonly #breaker: Breaker;

  constructor(
    private readonly client: Pick<PrometheusClient, 'query' | 'close'>,
    clock: Clock,
  ) {
    this.#breaker = new Breaker(clock);
  }

  /** What to say in place of asking: it gave no answer a moment ago. */
  get refusal(): Silence | undefined {
    return this.#breaker.refusal;
  }

  /** Never rejects. */
  query(promql: string, at: Instant): Promise<Answer> {
    const ask = (): Promise<Answer> => this.#breaker.watch(() => this.client.query(promql, at));
    // It is tried again whether somebody is there; nobody waits where nobody is.
    if (this.#breaker.silence !== undefined) return ask();
    return this.#inTurn(() => this.#breaker.silence ?? ask());
  }

  close(): Promise<void> {
    return this.client.close();
  }
}
