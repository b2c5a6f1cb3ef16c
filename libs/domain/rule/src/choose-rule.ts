import {
  isDnsLabel,
  isVersion,
  ok,
  refuse,
  serviceName,
  version,
  type Result,
  type RuleName,
  type ServiceName,
  type StrategyName,
  type Version,
} from '@spillway/kernel';
import { mismatchOf } from './mismatch.js';
import { byPriority, type Rule, type RuleOnBusy } from './rule.js';
import { fillIn } from './template.js';
import type { Trigger } from './trigger.js';

/** A release that a rule asks for. */
export interface AskedRelease {
  readonly service: ServiceName;
  readonly candidate: Version;
  readonly strategy: StrategyName;
  readonly onBusy?: RuleOnBusy;
}

/** Why a rule was passed by. */
export interface PassedBy {
  readonly rule: RuleName;
  readonly because: string;
}

/** What rules make of a delivery. `passedBy` are those that were asked before one matched. */
export type Choice =
  | {
      readonly kind: 'release';
      readonly rule: RuleName;
      readonly release: AskedRelease;
      readonly passedBy: readonly PassedBy[];
    }
  | {
      readonly kind: 'unusable';
      readonly rule: RuleName;
      readonly because: string;
      readonly passedBy: readonly PassedBy[];
    }
  | { readonly kind: 'none'; readonly passedBy: readonly PassedBy[] };

/**
 * Asks rules by priority, then by name. The first that matches decides, also
 * when no release can be made of what was delivered: a rule further down would
 * be a surprise. All rules must be of the delivery's webhook.
 */
export function chooseRule(rules: readonly Rule[], trigger: Trigger): Choice {
  const passedBy: PassedBy[] = [];
  for (const rule of [...rules].sort(byPriority)) {
    const because = mismatchOf(rule.match, trigger);
    if (because === undefined) return decidedBy(rule, trigger, passedBy);
    passedBy.push({ rule: rule.name, because });
  }
  return { kind: 'none', passedBy };
}

function decidedBy(rule: Rule, trigger: Trigger, passedBy: readonly PassedBy[]): Choice {
  const asked = releaseOf(rule, trigger);
  return asked.ok
    ? { kind: 'release', rule: rule.name, release: asked.value, passedBy }
    : { kind: 'unusable', rule: rule.name, because: asked.error, passedBy };
}

function releaseOf({ release }: Rule, trigger: Trigger): Result<AskedRelease, string> {
  const service = filledIn('service', release.service, trigger);
  if (!service.ok) return service;
  if (!isServiceName(service.value)) {
    return refuse(`"${service.value}" is no service; it must be namespace/name`);
  }
  const candidate = filledIn('version', release.version, trigger);
  if (!candidate.ok) return candidate;
  if (!isVersion(candidate.value)) return refuse(noVersion(candidate.value, release.version));
  return ok({
    service: serviceName(service.value),
    candidate: version(candidate.value),
    strategy: release.strategy,
    ...(release.onBusy === undefined ? {} : { onBusy: release.onBusy }),
  });
}

function filledIn(field: string, template: string, trigger: Trigger): Result<string, string> {
  const filled = fillIn(template, trigger);
  return filled.ok
    ? filled
    : refuse(`its ${field} needs ${filled.error}, and the delivery does not say that`);
}

const noVersion = (text: string, template: string): string =>
  `"${text}" cannot be a version: letters, digits and "-", at most 63` +
  (template.includes('|') ? '' : '; "{{ … | label }}" makes one of it');

export const isServiceName = (text: string): boolean => {
  const parts = text.split('/');
  return parts.length === 2 && parts.every(isDnsLabel);
};
