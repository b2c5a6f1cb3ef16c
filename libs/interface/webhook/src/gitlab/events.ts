import type { Trigger, TriggerStatus } from '@spillway/domain-rule';
import { z } from 'zod';
import { fact, known, refOf } from '../body/fact.js';

type Facts = Omit<Trigger, 'event'>;

const project = z.object({ path_with_namespace: fact }).optional().catch(undefined);

const statusOf: Readonly<Record<string, TriggerStatus>> = {
  success: 'success',
  failed: 'failure',
  canceled: 'cancelled',
  skipped: 'cancelled',
  running: 'running',
};

const statusFrom = (status: string): TriggerStatus => statusOf[status] ?? 'created';

const pipeline = z
  .object({
    project,
    object_attributes: z.object({
      status: z.string(),
      ref: fact,
      sha: fact,
      tag: z.boolean().catch(false),
    }),
  })
  .transform(({ object_attributes: about, project: where }): Facts =>
    known({
      status: statusFrom(about.status),
      repository: where?.path_with_namespace,
      sha: about.sha,
      ...(about.tag ? known({ tag: about.ref }) : refOf(about.ref)),
    }),
  );

/** The address of a commit ends with its hash; by itself GitLab sends the first eight digits only. */
const commitIn = (url: string | undefined): string | undefined =>
  /\/commit\/([0-9a-f]{40,64})$/.exec(url ?? '')?.[1];

const deployment = z
  .object({
    project,
    status: z.string(),
    environment: fact,
    ref: fact,
    short_sha: fact,
    commit_url: fact,
  })
  .transform((about): Facts =>
    known({
      status: statusFrom(about.status),
      repository: about.project?.path_with_namespace,
      environment: about.environment,
      sha: commitIn(about.commit_url) ?? about.short_sha,
      ...refOf(about.ref),
    }),
  );

/** The events that rules can be about, by what `object_kind` calls them. */
export const gitlabEvents: Readonly<Record<string, z.ZodType<Facts>>> = { pipeline, deployment };
