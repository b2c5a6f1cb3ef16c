import type { Job } from '@spillway/application';

/** What a job is about, beside its cluster. */
export const subjectOf = (job: Job): string =>
  job.kind === 'egress' ? job.namespace : job.release;
