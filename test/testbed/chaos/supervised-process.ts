import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Dice } from '../../simulation/dice.js';
import { Daemon } from '../src/daemon.js';
import { freePort } from '../src/free-port.js';
import type { Fault, Target } from './target.js';

const entry = fileURLToPath(new URL('../../../apps/control-plane/dist/main.js', import.meta.url));

export interface ProcessSettings {
  readonly kind: 'worker' | 'writer' | 'api';
  readonly name: string;
  readonly env: Readonly<Record<string, string>>;
  readonly folder: string;
}

/** Longer than a worker may stand still before others take its work. */
const beyondItsLease = 5_500;

/** The built control plane, started again whenever it ends. Keeps its port. */
export class SupervisedProcess implements Target {
  private daemon: Daemon | undefined;
  private up = false;
  /** What never was is not brought back: something is wrong with it. */
  private hasBeenUp = false;
  private over = false;

  private constructor(
    private readonly settings: ProcessSettings,
    readonly url: string,
  ) {}

  static async start(settings: ProcessSettings): Promise<SupervisedProcess> {
    const supervised = new SupervisedProcess(settings, `http://127.0.0.1:${await freePort()}`);
    await supervised.run();
    return supervised;
  }

  get kind(): ProcessSettings['kind'] {
    return this.settings.kind;
  }

  get name(): string {
    return this.settings.name;
  }

  isUp(): boolean {
    return this.up;
  }

  async strike(fault: Fault, dice: Dice): Promise<void> {
    this.up = false;
    if (fault === 'stop') await this.standStill(dice);
    else await this.restart(dice.under(1_000));
    this.up = true;
  }

  async stop(): Promise<void> {
    this.over = true;
    await this.daemon?.kill();
  }

  /** Mostly for a moment; who works now and then until its jobs are somebody else's, and now and then for good. */
  private async standStill(dice: Dice): Promise<void> {
    const isLong = this.kind !== 'api' && dice.next() < 0.15;
    const isForGood = dice.next() < 0.08;
    const ms = isLong ? beyondItsLease + dice.under(3_000) : 50 + dice.under(1_200);
    const { daemon } = this;
    daemon?.freeze();
    await pause(ms);
    if (isForGood) return this.restart(0);
    daemon?.thaw();
  }

  private async restart(afterMs: number): Promise<void> {
    await this.daemon?.kill();
    await pause(afterMs);
    await this.run();
  }

  /** Until it answers anything at all: whether it has a database is not its supervisor's business. */
  private async run(): Promise<void> {
    const { folder, name, env } = this.settings;
    const all = { ...env, SPILLWAY_ROLE: this.kind, SPILLWAY_PORT: new URL(this.url).port };
    const args = Object.entries(all).map(([key, value]) => `${key}=${value}`);
    while (!this.over) {
      this.daemon = await Daemon.start({
        name,
        command: 'env',
        args: [...args, process.execPath, entry],
        folder,
      });
      const answers = async (): Promise<boolean> =>
        (await fetch(`${this.url}/health/live`, { signal: AbortSignal.timeout(2_000) })).status > 0;
      const failure = await this.daemon.ready(answers).then(
        () => undefined,
        (error: Error) => error,
      );
      if (failure === undefined) break;
      await this.daemon.kill();
      if (!this.hasBeenUp) throw failure;
    }
    this.up = true;
    this.hasBeenUp = true;
  }
}
