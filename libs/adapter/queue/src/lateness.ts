import type { Job, WorkerEvents } from 'graphile-worker';

type Timed = Pick<Job, 'run_at' | 'locked_at'>;

/**
 * How late jobs are when they begin: until they were taken by the database's clock alone, and from
 * then on, where several are fetched at once and wait for a slot, by how long they were here.
 */
export class Lateness {
  private readonly arrived = new WeakMap<Timed, number>();

  constructor(
    events: WorkerEvents,
    private readonly now = () => performance.now(),
  ) {
    events.on('localQueue:getJobs:complete', ({ jobs }) => {
      for (const job of jobs) this.arrived.set(job, now());
    });
  }

  of(job: Timed): number {
    const { run_at: planned, locked_at: taken } = job;
    const arrived = this.arrived.get(job);
    const here = arrived === undefined ? 0 : this.now() - arrived;
    return Math.max(0, (taken ?? planned).getTime() - planned.getTime()) + here;
  }
}
