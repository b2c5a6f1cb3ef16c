import { setTimeout as pause } from 'node:timers/promises';
import { SpillwayError, type Release } from '@spillway/sdk';
import type { Dice } from '../../simulation/dice.js';
import { GiveUp, until } from '../src/until.js';
import type { ChaosStage } from './chaos-stage.js';
import { namespace, otherThan, type ChaosService, type Version } from './objects.js';

/** What becomes of a release, and by whose doing. */
export const scenarios = ['good', 'aborted', 'paused', 'resumed', 'promoted', 'dead'] as const;
export type Scenario = (typeof scenarios)[number];

/** How it has to end. An abort before anything began cancels. */
const ends: Readonly<Record<Scenario, readonly Release['phase'][]>> = {
  good: ['succeeded'],
  aborted: ['rolledBack', 'cancelled'],
  paused: ['succeeded'],
  resumed: ['succeeded'],
  promoted: ['succeeded'],
  dead: ['rolledBack'],
};

/** A command that was answered with success. */
export interface Accepted {
  readonly verb: 'abort' | 'pause' | 'resume' | 'promote';
  /** Nobody else says it: it finds the command in the history. */
  readonly comment: string;
  /** In milliseconds since 1970. */
  readonly at: number;
}

/** A release that is over. */
export interface Told {
  readonly id: string;
  readonly service: ChaosService;
  readonly scenario: Scenario;
  readonly strategy: string;
  readonly candidate: Version;
  readonly stable: Version;
  readonly phase: Release['phase'];
  readonly endedRight: boolean;
  readonly accepted: readonly Accepted[];
}

export interface Script {
  readonly service: ChaosService;
  readonly stable: Version;
  readonly scenario: Scenario;
  /** When it has to be over, in milliseconds since 1970. */
  readonly deadline: () => number;
}

/** Plays one release to its end. */
export class Play {
  private readonly accepted: Accepted[] = [];
  private id = '';

  constructor(
    private readonly stage: ChaosStage,
    private readonly dice: Dice,
    private readonly script: Script,
  ) {}

  async run(): Promise<Told> {
    const { service, stable, scenario } = this.script;
    const candidate = otherThan(stable);
    const waits = scenario !== 'good' && scenario !== 'paused';
    const strategy = waits ? 'waiting' : this.dice.one(['in-waves', 'together']);
    const name = `${namespace}/${service.name}`;
    const begun = { service: name, candidate, strategy, onBusy: 'refuse' } as const;
    ({ id: this.id } = await this.stage.client.releases.start(begun));
    await this.act(candidate);
    const { phase } = await this.seen(({ final }) => final);
    return {
      id: this.id,
      service,
      scenario,
      strategy,
      candidate,
      stable,
      phase,
      endedRight: ends[scenario].includes(phase),
      accepted: this.accepted,
    };
  }

  private async act(candidate: Version): Promise<void> {
    const { scenario } = this.script;
    if (scenario === 'aborted') {
      await pause(this.dice.under(8_000));
      await this.tell('abort');
    } else if (scenario === 'paused') {
      await pause(this.dice.under(3_000));
      // It may be over by now, or on its way to all traffic.
      const isPaused = await this.tell('pause').catch(refused);
      if (isPaused === undefined) return;
      await pause(this.dice.under(2_000));
      await this.tell('resume');
    } else if (scenario !== 'good') {
      await this.seen(({ phase }) => phase === 'paused');
      if (scenario === 'resumed') await this.tell('resume');
      else if (scenario === 'promoted') await this.tell('promote');
      else await this.die(candidate);
    }
  }

  /** The candidate's pods go in one cluster; they are there again for the next release. */
  private async die(candidate: Version): Promise<void> {
    const { service } = this.script;
    const cluster = this.dice.one(this.stage.clusters);
    await this.stage.setReady(service.name, candidate, cluster, 0);
    await this.seen(({ final }) => final);
    await this.stage.setReady(service.name, candidate, cluster, 1);
  }

  private async tell(verb: Accepted['verb']): Promise<true> {
    const comment = `${verb} of ${this.id}`;
    await this.stage.client.releases[verb](this.id, { comment });
    this.accepted.push({ verb, comment, at: Date.now() });
    return true;
  }

  private async seen(is: (release: Release) => boolean): Promise<Release> {
    const { releases } = this.stage.client;
    let last = '';
    for (;;) {
      const release = await releases.get(this.id).catch(() => undefined);
      if (release !== undefined && is(release)) return release;
      if (release?.final === true) throw new Error(`${this.told()} ended ${release.phase}`);
      last = release === undefined ? last : `${release.phase}: ${release.because}`;
      if (Date.now() > this.script.deadline()) throw new Error(`${this.told()} hangs: ${last}`);
      await pause(400);
    }
  }

  private told(): string {
    const { service, scenario } = this.script;
    return `release ${this.id} of ${service.name} (${scenario})`;
  }
}

/** A no that was foreseen. */
function refused(error: unknown): undefined {
  if (error instanceof SpillwayError) return undefined;
  throw error;
}

/** Waits for its turn, unless somebody has failed. */
export const turn = (isMine: () => boolean, hasFailed: () => boolean, withinMs: number) =>
  until(
    () => {
      if (hasFailed()) throw new GiveUp(new Error('another release went wrong'));
      return isMine();
    },
    { what: 'the storm is far enough for the next release', withinMs },
  );
