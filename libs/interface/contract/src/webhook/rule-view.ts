import type { RuleRecord } from '@spillway/application';
import { z } from 'zod';
import { moment, toMoment } from '../schema/scalars.js';
import { ruleFields } from './rule-document.js';

/** The document with its defaults filled in; without the owner and the moments it can be put again. */
export const ruleView = z
  .object({
    ...ruleFields,
    owner: z.string().describe('Who put it last: releases are started with what they may do.'),
    createdAt: moment.describe('When it was added.'),
    updatedAt: moment.describe('When it was last replaced.'),
  })
  .describe('Makes a release of a delivery.');

export type RuleView = z.output<typeof ruleView>;

export const toRuleView = (record: RuleRecord): RuleView => ({
  name: record.name,
  priority: record.priority,
  match: record.match as unknown as RuleView['match'],
  release: record.release,
  owner: record.owner.actor,
  createdAt: toMoment(record.createdAt),
  updatedAt: toMoment(record.updatedAt),
});
