import type { RuleName, StrategyName, WebhookName } from '@spillway/kernel';
import type { TriggerStatus } from './trigger.js';

/**
 * What a delivery must be like. All that is named must fit; of each list, one.
 * What is a pattern: `*` stands for any characters but `/`, `**` for any, `?` for one.
 */
export interface RuleMatch {
  readonly webhook: WebhookName;
  readonly events?: readonly string[];
  /** Without it `success` only: a pipeline that failed must release nothing. */
  readonly statuses?: readonly TriggerStatus[];
  /** Patterns, as all that follow. */
  readonly repositories?: readonly string[];
  readonly environments?: readonly string[];
  /** With the tag: `ghcr.io/acme/*:v*`. A digest is not looked at. */
  readonly images?: readonly string[];
  readonly branches?: readonly string[];
  readonly tags?: readonly string[];
}

/** What becomes of a release for a service that is being released. */
export type RuleOnBusy = 'refuse' | 'queue' | 'supersede';

/** The release to start. `service` and `version` may hold `{{ placeholders }}`. */
export interface RuleRelease {
  readonly service: string;
  readonly version: string;
  readonly strategy: StrategyName;
  /** Absent: what the service says. */
  readonly onBusy?: RuleOnBusy;
}

/** Makes a release of a delivery. */
export interface Rule {
  readonly name: RuleName;
  /** The smallest number is asked first; of the same number, in the order of names. */
  readonly priority: number;
  readonly match: RuleMatch;
  readonly release: RuleRelease;
}

export const byPriority = (a: Rule, b: Rule): number =>
  a.priority - b.priority || (a.name < b.name ? -1 : 1);
