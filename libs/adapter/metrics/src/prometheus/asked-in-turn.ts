import type { Clock } from '@spillway/application';
import type { Instant } from '@spillway/kernel';
import pLimit from 'p-limit';
import type { Answer, Silence } from './answer.js';
import { Breaker } from './breaker.js';
import { connections, type PrometheusClient } from './prometheus-client.js';

/**
 * A Prometheus that is asked as much at once as it has connections. The time of a question runs from its
 * turn on: where a worker is late, questions would be given up in the queue, and asked again, and the
 * more of them there are the fewer would be answered. It waits no longer than its answer may take: one slow
 * backend must not keep those busy who measure others.
 */
export class AskedInTurn {
  readonly #inTurn = pLimit(connections);
  readonly #breaker: Breaker;

  constructor(
    private readonly client: Pick<PrometheusClient, 'query' | 'close' | 'where' | 'timeoutMs'>,
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
    return new Promise((answer) => {
      let isTooLate = false;
      const patience = setTimeout(() => {
        isTooLate = true;
        answer(this.#noTurn());
      }, this.client.timeoutMs);
      void this.#inTurn(async () => {
        if (isTooLate) return;
        clearTimeout(patience);
        answer(await (this.#breaker.silence ?? ask()));
      });
    });
  }

  close(): Promise<void> {
    return this.client.close();
  }

  #noTurn(): Silence {
    const { where, timeoutMs } = this.client;
    const all = this.#inTurn.pendingCount + this.#inTurn.activeCount;
    const message = `${where}: no turn within ${timeoutMs} ms; ${all} questions wait or are being answered`;
    return { kind: 'silence', message };
  }
}
