import type { Reading } from '@spillway/domain-analysis';

/** What one look counts where the candidate gets this share of the requests. */
export type Counting = (share: number) => Reading;

interface Behaviour {
  /** Requests of the candidate in a window. */
  readonly requests?: number;
  /** Shares of requests that fail. */
  readonly candidate?: number;
  readonly stable?: number;
  /** The candidate's share of requests, whatever is programmed. */
  readonly split?: number;
}

const sampleOf = (requests: number, rate: number) => {
  const errors = Math.round(requests * rate);
  return { value: 100 * (1 - errors / requests), requests, errors };
};

/** Requests split as programmed, of which one in a thousand fails, unless it is said otherwise. */
export const behaving =
  ({ requests = 1_000, candidate = 0.001, stable = 0.001, split }: Behaviour = {}): Counting =>
  (programmed) => {
    // Match routes and copies give the candidate requests beside its weight.
    const share = split ?? (programmed === 0 ? 0.1 : programmed);
    const others = Math.round((requests * (1 - share)) / share);
    return {
      kind: 'value',
      candidate: sampleOf(requests, candidate),
      ...(others === 0 ? {} : { stable: sampleOf(others, stable) }),
    };
  };

export const passing = behaving();
