/** Wakes one reader. Rings that come before anybody waits are kept as one. */
export class Bell {
  private pending = false;
  private wake: (() => void) | undefined;

  readonly ring = (): void => {
    this.pending = true;
    this.wake?.();
  };

  async rung(): Promise<void> {
    if (!this.pending) await new Promise<void>((resolve) => (this.wake = resolve));
    this.wake = undefined;
    this.pending = false;
  }
}
