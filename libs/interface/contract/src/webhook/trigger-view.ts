import { triggerStatuses } from '@spillway/domain-rule';
import { z } from 'zod';

export const triggerView = z
  .object({
    event: z.string().describe('In the sender’s words.'),
    status: z.enum(triggerStatuses).describe('How far it has come, in Spillway’s words.'),
    repository: z.string().optional().describe('The repository.'),
    environment: z.string().optional().describe('The environment.'),
    image: z.string().optional().describe('The image, with tag or digest.'),
    branch: z.string().optional().describe('The branch.'),
    tag: z.string().optional().describe('The git tag.'),
    sha: z.string().optional().describe('The commit.'),
    service: z.string().optional().describe('The service, where the sender says it.'),
    version: z.string().optional().describe('The version, where the sender says it.'),
  })
  .describe('What the delivery tells, whoever sent it. What it does not say is absent.');

export const passedByView = z
  .array(
    z
      .object({
        rule: z.string().describe('Name of the rule.'),
        because: z.string().describe('What it wanted, and what came.'),
      })
      .describe('A rule that was asked and did not match.'),
  )
  .describe('The rules that were asked before one matched, in their order.');
