import { asksSource } from '../asks-source.js';

/** The channel of the release feed; the payload is the release's id. */
export const CHANNEL = 'spillway_release';

/** Delivered when the transaction commits, and not at all when it rolls back. */
export const notifySql = `select pg_notify('${CHANNEL}', $1)`;

/**
 * Writes all rollouts of a release and drops those that it no longer has. One
 * is settled only as long as nothing new is wanted of its cluster: another
 * generation unsettles it, and so does the end of the release ($3), since
 * subsets are still to be removed then. Where it is new, it takes over: what an
 * earlier release of the service still had to write there is nobody's business any more.
 */
export const saveRolloutsSql = `
  with wanted as (
    select * from jsonb_to_recordset($2::jsonb) as rollout (
      cluster text, position integer, wave integer,
      "desiredGeneration" integer, "desiredWeight" integer, exposure jsonb,
      "appliedGeneration" integer, "appliedAt" bigint, refused text, drifted text,
      healed jsonb, proof jsonb)
  ), dropped as (
    delete from rollouts where rollouts.release = $1
      and rollouts.cluster not in (select wanted.cluster from wanted)
  ), taken_over as (
    update rollouts earlier set settled = true
    from releases this join releases other on other.service = this.service
    where this.id = $1 and other.id <> this.id
      and earlier.release = other.id and not earlier.settled
      and earlier.cluster in (
        select wanted.cluster from wanted where not exists (
          select from rollouts here where here.release = $1 and here.cluster = wanted.cluster))
  )
  insert into rollouts as old (release, cluster, position, wave, desired_generation,
    desired_weight, exposure, applied_generation, applied_at, refused, drifted,
    healed, proof, settled)
  select $1, wanted.cluster, wanted.position, wanted.wave, wanted."desiredGeneration",
    wanted."desiredWeight", wanted.exposure, wanted."appliedGeneration",
    to_timestamp(wanted."appliedAt" / 1000.0), wanted.refused, wanted.drifted,
    wanted.healed, wanted.proof, false
  from wanted
  on conflict (release, cluster) do update set
    position = excluded.position,
    wave = excluded.wave,
    desired_generation = excluded.desired_generation,
    desired_weight = excluded.desired_weight,
    exposure = excluded.exposure,
    applied_generation = excluded.applied_generation,
    applied_at = excluded.applied_at,
    refused = excluded.refused,
    drifted = excluded.drifted,
    healed = excluded.healed,
    proof = excluded.proof,
    settled = old.settled and old.desired_generation = excluded.desired_generation and not $3`;

/**
 * Neither what a later release took over counts, though a process of the version before
 * leaves it unsettled, nor what nobody can write because the cluster was removed.
 */
const unsettled = `
  select open.release, open.cluster from rollouts open join releases its on its.id = open.release
  where not open.settled
    and exists (select from clusters where clusters.name = open.cluster)
    and not exists (
      select from rollouts later join releases other on other.id = later.release
      where other.service = its.service and later.cluster = open.cluster
        and later.desired_generation > open.desired_generation)`;

export const unsettledInSql = `${unsettled} and open.cluster = $1`;
export const unsettledOfSql = `${unsettled} and its.service = $1`;

/** Running releases ($2) that ask a source ($1) in any of their steps, or in the bake after them. */
export const referringReleasesSql = `
  select running.id from releases running
  where running.phase = any ($2) and (
    ${asksSource('running.plan', '$.steps[*].metrics[*]', '$1')}
    or ${asksSource('running.plan', '$.bakeAfterPromotion.metrics[*]', '$1')})
  order by running.id`;

/** A step that somebody sent the release back to begins anew. */
export const startStepSql = `
  insert into steps (release, index, started_at) values ($1, $2, $3)
  on conflict (release, index) do update
    set started_at = excluded.started_at, finished_at = null, outcome = null
    where steps.outcome is not null`;

export const completeStepSql = `
  update steps set finished_at = $3, outcome = 'completed'
  where steps.release = $1 and steps.index = $2 and steps.outcome is null`;

export const interruptStepsSql = `
  update steps set finished_at = $2, outcome = 'interrupted'
  where steps.release = $1 and steps.outcome is null`;

export const eventsSql = `
  select events.sequence, events.event, events.hash from events
  where events.release = $1 and events.sequence > $2
  order by events.sequence limit $3`;

/** Not against those who only refer to it: what was measured is stored while somebody decides. */
export const lockReleaseSql = 'select from releases where releases.id = $1 for no key update';
