import type { Rule, RuleTest } from '@spillway/sdk';
import { age } from './moment.js';
import { facts, table } from './table.js';

type Row = readonly [label: string, value: string];

export const ruleTable = (rules: readonly Rule[], now: number): string =>
  table(
    ['NAME', 'PRIORITY', 'WEBHOOK', 'SERVICE', 'VERSION', 'STRATEGY', 'OWNER', 'AGE'],
    rules.map(({ name, priority, match, release, owner, createdAt }) => [
      name,
      String(priority),
      match.webhook,
      release.service,
      release.version,
      release.strategy,
      owner,
      age(createdAt, now),
    ]),
  );

export const ruleFacts = (rule: Rule, now: number): string =>
  facts([
    ['Name', rule.name],
    ['Priority', String(rule.priority)],
    ...rowsOf('match', rule.match),
    ...rowsOf('release', rule.release),
    ['Owner', rule.owner],
    ['Age', age(rule.createdAt, now)],
  ]);

/** What would come of a delivery, and of each rule that was asked why it would not. */
export const ruleTestText = (test: RuleTest): string =>
  facts([
    ['Webhook', test.webhook],
    ...rowsOf('delivery', test.trigger ?? {}),
    ...(test.passedBy ?? []).map(({ rule, because }): Row => [`not ${rule}`, because]),
    ...(test.rule === undefined ? [] : ([['Rule', test.rule]] as const)),
    ...rowsOf('release', test.release ?? {}),
    ['Releases', test.wouldRelease ? 'yes' : `no: ${test.because ?? ''}`],
  ]);

const rowsOf = (label: string, fields: object): readonly Row[] =>
  Object.entries(fields).map(([field, value]) => [
    `${label}.${field}`,
    Array.isArray(value) ? value.join(', ') : String(value),
  ]);
