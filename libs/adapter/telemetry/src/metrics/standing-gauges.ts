import type { Figure, StandingName } from '@spillway/application';
import type { Gauge } from 'prom-client';
import type { Makers } from './instruments.js';

/** Each figure's gauge, and the name of its one label. A known cluster is no figure of its own. */
const specs = {
  jobsDue: ['jobs_due', 'kind', 'Jobs that wait to be taken and should have been.'],
  jobsPlanned: ['jobs_planned', 'kind', 'Jobs for later moments.'],
  jobsRunning: ['jobs_running', 'kind', 'Jobs that workers have taken.'],
  jobsRetrying: ['jobs_retrying', 'kind', 'Jobs that went wrong and are to be tried again.'],
  jobsOldestDueSeconds: [
    'jobs_oldest_due_seconds',
    'kind',
    'For how long the oldest job that is due has been so.',
  ],
  workers: ['workers', undefined, 'Workers that are connected to the queue.'],
  leases: ['leases', undefined, 'Subjects that workers hold while they work on them.'],
  releases: ['releases', 'phase', 'Releases that have not ended.'],
  releasesHeld: ['releases_held', 'reason', 'Releases that are held, by why.'],
  rollbacksOwed: [
    'rollbacks_owed',
    'cluster',
    'Releases that are taken back, and that the cluster has not been seen without.',
  ],
} as const satisfies Record<
  Exclude<StandingName, 'clusterKnown'>,
  readonly [name: string, label: string | undefined, help: string]
>;

type GaugeName = keyof typeof specs;

/**
 * Gauges of what stands in the database. It is the same for every process that asks, so take their
 * maximum, never their sum. What could not be read is gone rather than old.
 */
export class StandingGauges {
  private readonly up: Gauge;
  private readonly gauges: ReadonlyMap<
    string,
    { readonly gauge: Gauge; readonly label: string | undefined }
  >;

  constructor({ gauge }: Makers) {
    this.up = gauge('standing_up', 'Whether the database could be read for this scrape.');
    this.gauges = new Map(
      (Object.keys(specs) as GaugeName[]).map((key) => {
        const [name, label, help] = specs[key];
        return [key, { gauge: gauge(name, help, label === undefined ? [] : [label]), label }];
      }),
    );
  }

  show(figures: readonly Figure[] | undefined): void {
    this.up.set(figures === undefined ? 0 : 1);
    this.clear();
    for (const figure of figures ?? []) this.set(figure);
  }

  private clear(): void {
    for (const { gauge, label } of this.gauges.values()) {
      // Without labels a reset would be a nought.
      if (label === undefined) gauge.remove();
      else gauge.reset();
    }
  }

  private set({ name, label: of, value }: Figure): void {
    const found = this.gauges.get(name);
    if (found?.label === undefined) found?.gauge.set(value);
    else found.gauge.set({ [found.label]: of }, value);
  }
}
