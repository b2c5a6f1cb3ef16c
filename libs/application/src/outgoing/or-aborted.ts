/**
 * The answer, or the signal's reason as soon as it is aborted: for calls that hear the signal late.
 * undici does so only once it is connected. The answer itself goes on, and is not missed when it fails.
 */
export function orAborted<T>(answer: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const giveUp = (): void => reject(signal.reason as Error);
    if (signal.aborted) giveUp();
    signal.addEventListener('abort', giveUp);
    // A signal may live long, and what listens to it holds the answer.
    const letGo = (): void => signal.removeEventListener('abort', giveUp);
    answer.then(resolve, reject).finally(letGo);
  });
}
