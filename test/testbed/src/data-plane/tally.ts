/** What came of one request. */
export type Outcome =
  | { readonly at: number; readonly status: number; readonly version: string | undefined }
  | { readonly at: number; readonly error: string };

/** A request that was answered 500 or more, or not at all; `at` is when it was sent, in milliseconds since 1970. */
export interface FailedRequest {
  readonly at: number;
  readonly cause: string;
}

/** Counts outcomes. */
export class Tally {
  private readonly versions = new Map<string, number>();
  private readonly statuses = new Map<number, number>();
  private readonly failures: FailedRequest[] = [];
  private count = 0;

  add(outcome: Outcome): void {
    this.count += 1;
    if ('error' in outcome) {
      this.failures.push({ at: outcome.at, cause: outcome.error });
      return;
    }
    const { at, status, version } = outcome;
    this.statuses.set(status, this.status(status) + 1);
    if (version !== undefined) this.versions.set(version, this.version(version) + 1);
    if (status >= 500) this.failures.push({ at, cause: `status ${status}` });
  }

  /** All that ended, one way or the other. */
  get total(): number {
    return this.count;
  }

  get failed(): readonly FailedRequest[] {
    return this.failures;
  }

  /** How many were answered by a version (`x-version`). */
  version(version: string): number {
    return this.versions.get(version) ?? 0;
  }

  status(status: number): number {
    return this.statuses.get(status) ?? 0;
  }

  /** By `x-version`; what proxies answered by themselves has none. */
  get byVersion(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.versions);
  }
}
