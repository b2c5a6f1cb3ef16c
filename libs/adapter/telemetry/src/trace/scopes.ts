import { AsyncLocalStorage } from 'node:async_hooks';
import type { Job } from '@spillway/application';
import type { Release } from '@spillway/domain-release';
import { releaseId, type ClusterName, type ReleaseId } from '@spillway/kernel';

/** The release that a job is about. */
export interface Scope {
  readonly job: Job;
  readonly release: ReleaseId;
  readonly cluster: ClusterName | undefined;
  /** As the job last read or stored it. */
  state?: Release;
}

/** Which job is being done, for whoever is called in the midst of it. */
export class Scopes {
  private readonly storage = new AsyncLocalStorage<Scope>();

  constructor(private readonly isTraced: (release: ReleaseId) => boolean) {}

  current(): Scope | undefined {
    return this.storage.getStore();
  }

  during<T>(job: Job, work: (scope?: Scope) => Promise<T>): Promise<T> {
    const release = releaseOf(job);
    if (release === undefined || !this.isTraced(release)) return work();
    const cluster = 'cluster' in job ? job.cluster : undefined;
    const scope: Scope = { job, release, cluster };
    return this.storage.run(scope, () => work(scope));
  }

  seen(release: Release): void {
    const scope = this.current();
    if (scope?.release === release.id) scope.state = release;
  }
}

function releaseOf(job: Job): ReleaseId | undefined {
  // A release that comes of a delivery has its id.
  if (job.kind === 'trigger') return releaseId(job.delivery);
  return 'release' in job ? job.release : undefined;
}
