import type { Clock, LinkState } from '@spillway/application';

/**
 * Puts together what the watches say about themselves: `ready` while all of
 * them are complete, `unreachable` as soon as one of them is not.
 */
export class LinkStatus {
  private readonly complete = new Set<string>();
  private readonly failing = new Map<string, string>();
  private present: LinkState;

  constructor(
    private readonly watches: readonly string[],
    private readonly clock: Clock,
    private readonly tell: (state: LinkState) => void,
  ) {
    this.present = { kind: 'connecting', since: clock.now() };
  }

  get state(): LinkState {
    return this.present;
  }

  /** Whether every watch has been complete at some time. */
  get knowsAll(): boolean {
    return this.watches.every((watch) => this.complete.has(watch));
  }

  synced(watch: string): void {
    this.complete.add(watch);
    this.failing.delete(watch);
    this.update();
  }

  failed(watch: string, reason: string): void {
    this.failing.set(watch, reason);
    this.update();
  }

  private update(): void {
    const [reason] = this.failing.values();
    if (reason !== undefined) return this.become({ kind: 'unreachable', reason });
    if (this.knowsAll) this.become({ kind: 'ready' });
  }

  private become(next: { kind: 'ready' } | { kind: 'unreachable'; reason: string }): void {
    const { present } = this;
    if (present.kind === next.kind && reasonIn(present) === reasonIn(next)) return;
    const since = present.kind === next.kind ? present.since : this.clock.now();
    this.present = { ...next, since };
    this.tell(this.present);
  }
}

const reasonIn = (state: { kind: string; reason?: string }): string | undefined => state.reason;
