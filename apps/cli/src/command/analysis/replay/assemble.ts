import type { JudgeName } from '@spillway/interface-contract';
import { UsageError } from '../../../usage-error.js';
import { present, type ArmWindow, type PastWindow } from './window.js';

/** The windows up to a look, as the judge’s measurements. */
type Assemble = (windows: readonly PastWindow[]) => object;

function needed<T>(value: T | undefined, { place }: PastWindow, what: string): T {
  if (value !== undefined) return value;
  throw new UsageError(`${place} has no ${what}.`, 'Choose another judge, or measure it.');
}

const countsOf = (arm: ArmWindow, window: PastWindow, who: string) => ({
  requests: needed(arm.requests, window, `requests of ${who}`),
  errors: needed(arm.errors, window, `errors of ${who}`),
});

const bothCounts = (window: PastWindow) => ({
  candidate: countsOf(window.candidate, window, 'the candidate'),
  stable: countsOf(window.stable, window, 'stable'),
});

/** A query that went wrong counted nothing; a judge of counts passes over it. */
const answered = (windows: readonly PastWindow[]): readonly PastWindow[] =>
  windows.filter(({ candidate, z }) => z !== undefined || Object.keys(candidate).length > 0);

const errorCount: Assemble = (windows) => ({
  looks: answered(windows).map((window) => ({
    ...bothCounts(window),
    ...present({ weight: window.weight, segment: window.segment }),
  })),
});

const split: Assemble = (windows) => ({
  looks: answered(windows).map((window) => ({
    counts: [
      needed(window.candidate.requests, window, 'requests of the candidate'),
      needed(window.stable.requests, window, 'requests of stable'),
    ],
  })),
});

const latency: Assemble = (windows) => {
  const looks = answered(windows).map((window) => ({
    candidate: needed(window.candidate.histogram, window, 'histogram of the candidate'),
    stable: needed(window.stable.histogram, window, 'histogram of stable'),
    window,
  }));
  const upperBounds = looks.at(-1)?.candidate.upperBounds ?? [1];
  const isSame = (bounds: readonly number[]): boolean => String(bounds) === String(upperBounds);
  return {
    upperBounds,
    looks: looks.map(({ candidate, stable, window }) => {
      if (!isSame(candidate.upperBounds) || !isSame(stable.upperBounds)) {
        throw new UsageError(
          `${window.place} has other bounds than the looks after it.`,
          'Replay windows with the same buckets.',
        );
      }
      const { weight } = window;
      return { candidate: candidate.counts, stable: stable.counts, ...present({ weight }) };
    }),
  };
};

const valueOf = (arm: ArmWindow): number | null => arm.value ?? null;

const gauges: Assemble = (windows) => ({
  candidate: windows.map(({ candidate }) => valueOf(candidate)),
  stable: windows.map(({ stable }) => valueOf(stable)),
});

const means: Assemble = (windows) => ({
  looks: windows.map(({ candidate, stable }) => ({
    candidate: [valueOf(candidate)],
    stable: [valueOf(stable)],
  })),
});

/** A look compares everything since the beginning: counts are added up, a z is taken as it is. */
const groupSequential: Assemble = (windows) => {
  const sum = { candidate: { requests: 0, errors: 0 }, stable: { requests: 0, errors: 0 } };
  return {
    looks: answered(windows).map((window) => {
      const { fraction, information, n, z } = window;
      const progress = present({ fraction, information, n });
      if (z !== undefined) return { z, ...progress };
      const { candidate, stable } = bothCounts(window);
      sum.candidate = added(sum.candidate, candidate);
      sum.stable = added(sum.stable, stable);
      return { ...sum, ...progress };
    }),
  };
};

interface Counts {
  readonly requests: number;
  readonly errors: number;
}

const added = (one: Counts, other: Counts): Counts => ({
  requests: one.requests + other.requests,
  errors: one.errors + other.errors,
});

const threshold: Assemble = (windows) => ({ readings: windows.map(readingOf) });

function readingOf({ candidate, stable, error }: PastWindow): object {
  if (error !== undefined) return { kind: 'error', message: error };
  if (candidate.value === undefined) return { kind: 'empty' };
  if (candidate.value === null) return { kind: 'notANumber' };
  const beside = typeof stable.value === 'number' ? { stable } : {};
  return { candidate, ...beside };
}

/** Judges that can be asked again at each look of the past. */
export const replayable = {
  errorCount,
  split,
  latency,
  mannWhitney: gauges,
  kayenta: gauges,
  msprt: means,
  means,
  groupSequential,
  threshold,
} as const satisfies Partial<Record<JudgeName, Assemble>>;

export type ReplayableJudge = keyof typeof replayable;
