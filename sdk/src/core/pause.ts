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

/** Doubles from try to try up to 10 s, with a random part so that clients do not come all at once. */
export const backOff = (attempt: number, baseMs: number): number =>
  Math.min(10_000, baseMs * 2 ** attempt) * (0.5 + Math.random() / 2);
