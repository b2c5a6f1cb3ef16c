import { phases, isFinal } from '@spillway/domain-release';

const list = (values: readonly string[]): string => values.map((value) => `'${value}'`).join(', ');

/** As the partial index of running releases says it, so that past releases are never read. */
const notRunning = list(['queued', ...phases.filter(isFinal)]);

/** A wave that was taken back alone stands still, and its clusters were told so last of all. */
const waveIsBack = `(
  (releases.phase = 'paused' or releases.held ->> 'from' = 'paused')
  and rollouts.desired_generation = releases.generation
  and rollouts.desired_weight = 0 and rollouts.exposure is null and rollouts.drifted is null)`;

/**
 * Of releases that have not ended how many are in each phase, and of those that are held why; of
 * each cluster in how many releases it still has to be seen without the candidate; and which
 * clusters there are. Reads what is going on and nothing that is past.
 */
export const releaseStandingSql = `
  with running as (
    select releases.phase, releases.held from releases
    where releases.phase not in (${notRunning})
  )
  select 'releases' as name, running.phase as label, count(*)::float8 as value
  from running group by running.phase
  union all
  select 'releases', 'queued', count(*)::float8 from releases where releases.phase = 'queued'
  union all
  select 'releasesHeld', running.held -> 'reason' ->> 'kind', count(*)::float8
  from running where running.phase = 'held' group by 2
  union all
  select 'rollbacksOwed', rollouts.cluster, count(*)::float8
  from rollouts join releases on releases.id = rollouts.release
  where not rollouts.settled and rollouts.applied_generation is null
    and (releases.phase in ('rollingBack', 'rolledBack', 'superseded') or ${waveIsBack})
    and exists (select from clusters where clusters.name = rollouts.cluster)
  group by rollouts.cluster
  union all
  select 'clusterKnown', clusters.name, 1::float8 from clusters`;
