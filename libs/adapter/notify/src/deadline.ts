/** For all of some work: the time-outs of a library are each for a part. */
export class Deadline {
  hasPassed = false;
  private readonly timer: NodeJS.Timeout;
  private readonly passed: Promise<never>;
  private stop: () => void = () => undefined;

  constructor(ms: number) {
    let pass: (error: Error) => void = () => undefined;
    this.passed = new Promise<never>((_, reject) => {
      pass = reject;
    });
    this.passed.catch(() => undefined);
    this.timer = setTimeout(() => {
      this.hasPassed = true;
      this.stop();
      pass(new Error('too late'));
    }, ms);
  }

  /** What is stopped when the work ends, in time or not. */
  onEnd(stop: () => void): void {
    this.stop = stop;
  }

  race<T>(work: Promise<T>): Promise<T> {
    work.catch(() => undefined);
    return Promise.race([work, this.passed]);
  }

  end(): void {
    clearTimeout(this.timer);
    this.stop();
  }
}
