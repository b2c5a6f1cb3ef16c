import { setTimeout as sleep } from 'node:timers/promises';
import { Fresh } from '@spillway/adapter-telemetry';
import type { HealthView } from '@spillway/interface-contract';
import { checkDatabase, type Check, type DatabaseParts } from './check-database.js';

export interface HealthParts extends DatabaseParts {
  /** What the worker takes no jobs of; absent where there is to be none. */
  readonly idleLanes?: () => readonly string[];
}

/** A probe waits three seconds as a rule, and is told what is wrong before it gives up. */
const patienceMs = 2_500;

/**
 * What a process says of itself, the same at every address. Alive: it answers, whatever else is
 * down, since a restart would mend nothing of that. Ready: it could do its work at this moment.
 */
export class Health {
  private isStopping = false;
  /** Anybody may ask, so that however many do cost what one does. */
  private readonly now: Fresh<readonly Check[]>;

  constructor(private readonly parts: HealthParts) {
    this.now = new Fresh(
      () => this.checks(),
      0,
      () => performance.now(),
    );
  }

  /** It takes nothing new from now on; what is in hand goes on. */
  stop(): void {
    this.isStopping = true;
  }

  live(): HealthView {
    return { ok: true, checks: [] };
  }

  async ready(): Promise<HealthView> {
    if (this.isStopping) return view([{ name: 'process', ok: false, detail: 'it is stopping' }]);
    return view(await this.now.get());
  }

  private async checks(): Promise<readonly Check[]> {
    const deadline = new AbortController();
    const late = sleep(patienceMs, tooLate, { signal: deadline.signal, ref: false });
    try {
      const database = await Promise.race([checkDatabase(this.parts), late]);
      return [...database, ...this.worker()];
    } finally {
      deadline.abort();
      late.catch(() => undefined);
    }
  }

  private worker(): readonly Check[] {
    const { idleLanes } = this.parts;
    if (idleLanes === undefined) return [];
    const idle = idleLanes();
    if (idle.length === 0) return [{ name: 'worker', ok: true }];
    return [{ name: 'worker', ok: false, detail: `takes no jobs of: ${idle.join(', ')}` }];
  }
}

const tooLate: readonly Check[] = [
  { name: 'database', ok: false, detail: `did not answer within ${patienceMs / 1_000} s` },
];

const view = (checks: readonly Check[]): HealthView => ({
  ok: checks.every(({ ok }) => ok),
  checks: [...checks],
});
