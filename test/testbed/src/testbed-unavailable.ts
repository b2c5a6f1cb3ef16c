/** The testbed cannot start on this machine. `next` says what to install or to look at. */
export class TestbedUnavailable extends Error {
  constructor(
    message: string,
    readonly next: string,
    options?: { cause?: unknown },
  ) {
    super(`${message} ${next}`, options);
    this.name = 'TestbedUnavailable';
  }
}
