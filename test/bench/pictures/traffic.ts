import type { CountLook } from '@spillway/domain-analysis';
import { Dice } from '../../simulation/dice.js';

/** Requests that a proxy sends by chance, and answers that fail by chance. */
export interface Traffic {
  /** In one look, of both versions. */
  readonly requests: number;
  /** The candidate's share. */
  readonly weight: number;
  /** Share of stable's requests that fail. */
  readonly errorRate: number;
  /** How many times as often the candidate's do. */
  readonly ratio: number;
}

export const usual: Traffic = { requests: 1_000, weight: 0.1, errorRate: 0.005, ratio: 1 };

const manyEnough = 50;

export class Chance {
  private readonly dice: Dice;

  constructor(seed: number) {
    this.dice = new Dice(seed);
  }

  uniform(): number {
    return this.dice.next();
  }

  /** How many of `n` happen, each with probability `p`. */
  binomial(n: number, p: number): number {
    if (p <= 0) return 0;
    if (p >= 1) return n;
    const variance = n * p * (1 - p);
    // With so many, whole numbers around a normal one cannot be told from exact draws.
    if (variance > manyEnough) {
      const near = Math.round(n * p + Math.sqrt(variance) * this.normal());
      return Math.min(n, Math.max(0, near));
    }
    if (p > 0.5) return n - this.binomial(n, 1 - p);
    const none = Math.log1p(-p);
    let count = 0;
    for (let at = this.gap(none); at <= n; at += this.gap(none)) count += 1;
    return count;
  }

  /** From one that happens to the next. */
  private gap(none: number): number {
    return Math.floor(Math.log1p(-this.uniform()) / none) + 1;
  }

  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    return radius * Math.cos(2 * Math.PI * this.uniform());
  }

  look({ requests, weight, errorRate, ratio }: Traffic): CountLook {
    const candidate = this.binomial(requests, weight);
    const stable = requests - candidate;
    return {
      candidate: { requests: candidate, errors: this.binomial(candidate, errorRate * ratio) },
      stable: { requests: stable, errors: this.binomial(stable, errorRate) },
    };
  }

  /** Looks at the same traffic, one after another. */
  looks(count: number, traffic: Traffic): readonly CountLook[] {
    return Array.from({ length: count }, () => this.look(traffic));
  }
}
