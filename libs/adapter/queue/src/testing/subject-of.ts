import type { Job } from '@spillway/application';

/** The release that a job is about; of other jobs, what it does. */
export const subjectOf = (job: Job): string => ('release' in job ? job.release : job.kind);
