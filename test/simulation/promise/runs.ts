import type { Job } from '@spillway/application';
import type { ClusterName, Instant, ReleaseId } from '@spillway/kernel';

interface Run {
  readonly began: Instant;
  ended?: Instant;
}

/** A call may be carried out this much later than whoever made it waited for it. */
const longest = 10_000;

/** When jobs that write began and ended: a write may be as old as the job that makes it. */
export class Runs {
  private readonly runs = new Map<string, Run[]>();

  /** Gives what is to be called at its end. A job whose worker dies has none. */
  begin(job: Job, now: Instant): (now: Instant) => void {
    if (job.kind !== 'apply') return () => undefined;
    const run: Run = { began: now };
    const key = `${job.release} ${job.cluster}`;
    const before = (this.runs.get(key) ?? []).filter(({ ended = now }) => ended > now - longest);
    this.runs.set(key, [...before, run]);
    return (end) => void (run.ended = end);
  }

  /** Whether a write of now may be of a job that knew no more than what there was then. */
  mayBeOlder(release: ReleaseId, cluster: ClusterName, than: Instant, now: Instant): boolean {
    return (this.runs.get(`${release} ${cluster}`) ?? []).some(
      ({ began, ended = now }) => began <= than && ended > now - longest,
    );
  }
}
