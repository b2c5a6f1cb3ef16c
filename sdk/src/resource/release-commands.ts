import { bodyOf, keyOf, signalOf, type Api } from '../core/api.js';
import { given } from '../core/given.js';
import type { CommandOptions, OnBusy, Release } from '../types.js';

export interface JudgeOptions extends CommandOptions {
  /** Name of the gate; without it the next one that wants approvals. */
  readonly gate?: string | undefined;
  /** `planDigest` of the release that was read: refused when the plan is another one by now. */
  readonly plan?: string | undefined;
  /** Why, in your words. */
  readonly comment?: string | undefined;
}

export interface OverrideFreezeOptions extends CommandOptions {
  /** Why it cannot wait; becomes part of the history. */
  readonly reason: string;
}

export interface ReleaseCommandOptions extends CommandOptions {
  /** Why, in your words. */
  readonly comment?: string | undefined;
}

export interface SkipStepOptions extends ReleaseCommandOptions {
  /** Index of the step, from 0: a repeated call skips it once. Without it the present one. */
  readonly step?: number | undefined;
}

export interface InsteadOptions extends ReleaseCommandOptions {
  /** Another strategy than it had; its newest version is taken. */
  readonly strategy?: string | undefined;
  /** Where another release of the service runs; without it what the service says. */
  readonly onBusy?: OnBusy | undefined;
}

export interface ChangeStrategyOptions extends ReleaseCommandOptions {
  /** Of the strategy; without it the newest. */
  readonly version?: number | undefined;
}

type Verb = 'pause' | 'resume' | 'promote' | 'promote-full' | 'restart' | 'abort';

/** What people and scripts tell releases. Each answers with the release as it is then. */
export class ReleaseCommands {
  constructor(protected readonly api: Api) {}

  /** Weights stay as they are until it is resumed. */
  pause(id: string, options: ReleaseCommandOptions = {}): Promise<Release> {
    return this.tell('pause', id, options);
  }

  resume(id: string, options: ReleaseCommandOptions = {}): Promise<Release> {
    return this.tell('resume', id, options);
  }

  /** Skips what is left of the plan: all traffic now. The bake after the promotion still judges it. */
  promote(id: string, options: ReleaseCommandOptions = {}): Promise<Release> {
    return this.tell('promote', id, options);
  }

  /** Skips the bake after the promotion, too. */
  promoteFull(id: string, options: ReleaseCommandOptions = {}): Promise<Release> {
    return this.tell('promote-full', id, options);
  }

  /** Takes a step as done. One that judges the candidate wants a comment; a gate is never skipped. */
  skipStep(id: string, options: SkipStepOptions = {}): Promise<Release> {
    const { step, comment } = options;
    return bodyOf(
      this.api.POST('/api/v1/releases/{id}/skip-step', {
        params: { path: { id }, ...keyOf(options) },
        body: given({ step, comment }),
        ...signalOf(options),
      }),
    );
  }

  /** Goes to the step of this index: back at once, ahead by the weights on the way. */
  jumpToStep(id: string, step: number, options: ReleaseCommandOptions = {}): Promise<Release> {
    const { comment } = options;
    return bodyOf(
      this.api.POST('/api/v1/releases/{id}/jump-to-step', {
        params: { path: { id }, ...keyOf(options) },
        body: { step, ...given({ comment }) },
        ...signalOf(options),
      }),
    );
  }

  /** Goes back to the first step of its plan; weights go down at once. */
  restart(id: string, options: ReleaseCommandOptions = {}): Promise<Release> {
    return this.tell('restart', id, options);
  }

  /** Goes on by another strategy, at the weights that clusters have; only its steps raise them. */
  changeStrategy(
    id: string,
    strategy: string,
    options: ChangeStrategyOptions = {},
  ): Promise<Release> {
    const { version, comment } = options;
    return bodyOf(
      this.api.POST('/api/v1/releases/{id}/change-strategy', {
        params: { path: { id }, ...keyOf(options) },
        body: { strategy, ...given({ version, comment }) },
        ...signalOf(options),
      }),
    );
  }

  /** A new release of the same version, where this one came to nothing. */
  retry(id: string, options: InsteadOptions = {}): Promise<Release> {
    return this.instead('retry', id, options);
  }

  /** A new release of the version that served before this one, the service’s latest. */
  undo(id: string, options: InsteadOptions = {}): Promise<Release> {
    return this.instead('undo', id, options);
  }

  /** Gives all traffic back to the stable version, or takes it out of the queue. */
  abort(id: string, options: ReleaseCommandOptions = {}): Promise<Release> {
    return this.tell('abort', id, options);
  }

  /** Your yes at a gate, to the plan as it is now; again it changes nothing. */
  approve(id: string, options: JudgeOptions = {}): Promise<Release> {
    return this.judge('approve', id, options);
  }

  /** Your no at a gate: gives all traffic back to the stable version, or does what the gate says. */
  reject(id: string, options: JudgeOptions = {}): Promise<Release> {
    return this.judge('reject', id, options);
  }

  /** Freeze windows that are in force now do not count for this release, until they end. */
  overrideFreeze(id: string, options: OverrideFreezeOptions): Promise<Release> {
    const { reason } = options;
    return bodyOf(
      this.api.POST('/api/v1/releases/{id}/override-freeze', {
        params: { path: { id }, ...keyOf(options) },
        body: { reason },
        ...signalOf(options),
      }),
    );
  }

  private judge(verb: 'approve' | 'reject', id: string, options: JudgeOptions): Promise<Release> {
    const { gate, plan, comment } = options;
    return bodyOf(
      this.api.POST(`/api/v1/releases/{id}/${verb}`, {
        params: { path: { id }, ...keyOf(options) },
        body: given({ gate, plan, comment }),
        ...signalOf(options),
      }),
    );
  }

  private instead(verb: 'retry' | 'undo', id: string, options: InsteadOptions): Promise<Release> {
    const { strategy, onBusy, comment } = options;
    return bodyOf(
      this.api.POST(`/api/v1/releases/{id}/${verb}`, {
        params: { path: { id }, ...keyOf(options) },
        body: given({ strategy, onBusy, comment }),
        ...signalOf(options),
      }),
    );
  }

  private tell(verb: Verb, id: string, options: ReleaseCommandOptions): Promise<Release> {
    const { comment } = options;
    return bodyOf(
      this.api.POST(`/api/v1/releases/{id}/${verb}`, {
        params: { path: { id }, ...keyOf(options) },
        body: comment === undefined ? {} : { comment },
        ...signalOf(options),
      }),
    );
  }
}
