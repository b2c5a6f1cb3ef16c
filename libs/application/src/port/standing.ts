/**
 * What can be read of the database at any moment, each with one label: of jobs their kind, of
 * releases their phase or why they are held, of what is owed and of what there is the cluster.
 * `workers`, `leases` and `rollbacksOwed` say something about all processes together.
 */
export const standingNames = [
  'jobsDue',
  'jobsPlanned',
  'jobsRunning',
  'jobsRetrying',
  'jobsOldestDueSeconds',
  'workers',
  'leases',
  'releases',
  'releasesHeld',
  'rollbacksOwed',
  'clusterKnown',
] as const;

export type StandingName = (typeof standingNames)[number];

export interface Figure {
  readonly name: StandingName;
  /** Empty where there is nothing to tell apart. */
  readonly label: string;
  readonly value: number;
}
