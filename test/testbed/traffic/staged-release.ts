import type { Release, StrategyDocument } from '@spillway/sdk';
import { until } from '../src/index.js';
import type { TrafficStage } from './traffic-stage.js';

export type Steps = StrategyDocument['steps'];

/** A release that goes on when it is told to. What is awaited is also in every proxy. */
export class StagedRelease {
  private step = 0;

  constructor(
    private readonly stage: TrafficStage,
    readonly id: string,
  ) {}

  /** Goes on to the pause after the next step. */
  async next(): Promise<void> {
    await this.stage.client.releases.resume(this.id);
    await this.atStep(this.step + 1);
  }

  /** Goes on from the last pause to its good end. */
  async finish(): Promise<Release> {
    await this.stage.client.releases.resume(this.id);
    return this.reaches('succeeded');
  }

  async promote(): Promise<Release> {
    await this.stage.client.releases.promote(this.id);
    return this.reaches('succeeded');
  }

  async abort(): Promise<Release> {
    await this.stage.client.releases.abort(this.id);
    return this.reaches('rolledBack');
  }

  /** Waits for the pause after a step, counted from 0. */
  async atStep(index: number): Promise<void> {
    this.step = index;
    await this.seen(
      `it stands after step ${index}`,
      ({ phase, progress }) => phase === 'paused' && progress.stepIndex === index * 2 + 1,
    );
  }

  /** Waits until a step is done, counted from 0. */
  async passes(index: number): Promise<void> {
    await this.seen(`step ${index} is done`, ({ progress }) => progress.stepIndex > index);
  }

  reaches(phase: Release['phase']): Promise<Release> {
    return this.seen(`it is ${phase}`, (release) => release.phase === phase);
  }

  /**
   * Waits until a change is taken for somebody's edit. For a second after a read-back it may as
   * well be a watch that lags behind.
   */
  async isBelieved(): Promise<void> {
    await this.seen('its routing is a second old', ({ rollouts }) =>
      rollouts.every(({ appliedAt = '' }) => Date.now() - Date.parse(appliedAt) > 1_000),
    );
  }

  private async seen(what: string, isIt: (release: Release) => boolean): Promise<Release> {
    let last: Release | undefined;
    const look = async (): Promise<Release | false> => {
      last = await this.stage.client.releases.get(this.id);
      return isIt(last) && last;
    };
    const release = await until(look, { what, withinMs: 30_000 }).catch((cause: unknown) => {
      const held = last?.held?.detail ?? '';
      throw new Error(`${what}? It is ${last?.phase}: ${last?.because} ${held}`, { cause });
    });
    await this.stage.plane.settled();
    return release;
  }
}
