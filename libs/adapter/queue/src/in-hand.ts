/** What this process has in hand, for the queue to be held against it. */
export class InHand {
  /** Names of pools of graphile-worker: jobs are locked by them. */
  readonly workers = new Set<string>();
  private readonly running = new Set<string>();

  /** Ids of jobs that run. */
  get jobs(): readonly string[] {
    return [...this.running];
  }

  async during(jobId: string, run: Promise<void>): Promise<void> {
    this.running.add(jobId);
    try {
      await run;
    } finally {
      this.running.delete(jobId);
    }
  }
}
