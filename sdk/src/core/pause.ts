/** Lets time pass; rejects with the signal’s reason when it aborts meanwhile. */
export function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) {
      reject(signal.reason as Error);
      return;
    }
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal?.addEventListener('abort', stop, { once: true });
  });
}

const longestBackOff = 10_000;

/**
 * Up to a bound that doubles from try to try, to 10 s. The whole of it is random
 * ("full jitter"), so that clients that failed together do not come back together.
 */
export const backOff = (attempt: number, baseMs: number): number =>
  Math.random() * Math.min(longestBackOff, baseMs * 2 ** attempt);
