import {
  begin,
  clustersOfHold,
  describeStep,
  evolve,
  type Phase,
  type Release,
  type ReleaseEvent,
} from '@spillway/domain-release';
import { describeExposure } from '@spillway/domain-traffic';
import { InvariantBroken, type ClusterName } from '@spillway/kernel';
import type { Commit, Notice, NoticedRelease } from './notice.js';
import { severityOf } from './severity.js';

/**
 * The notices of a whole history, one for each event in its order. Each tells the release as
 * the events up to it leave it.
 */
export function toNotices(history: readonly ReleaseEvent[], commit?: Commit): readonly Notice[] {
  const notices: Notice[] = [];
  let release: Release | undefined;
  for (const event of history) {
    const before = release?.phase;
    release = next(release, event);
    notices.push(toNotice(release, event, before));
  }
  return commit === undefined ? notices : notices.map((notice) => withCommit(notice, commit));
}

const withCommit = (notice: Notice, commit: Commit): Notice => ({
  ...notice,
  release: { ...notice.release, commit },
});

function next(release: Release | undefined, event: ReleaseEvent): Release {
  if (release !== undefined) return evolve(release, event);
  if (event.type !== 'created') throw new InvariantBroken('a history begins with "created"');
  return begin(event);
}

const toNotice = (release: Release, event: ReleaseEvent, before: Phase | undefined): Notice => ({
  type: event.type,
  severity: severityOf(event.type),
  at: event.at,
  because: event.because,
  actor: event.actor,
  release: noticed(release),
  sequence: release.revision,
  ...(before === undefined || before === release.phase ? {} : { phaseBefore: before }),
  ...stepOf(release, event),
  clusters: clustersOf(event),
  ...gainOf(event),
});

const noticed = (release: Release): NoticedRelease => {
  const { id, service, stable, candidate, strategy, requestedBy, description, phase } = release;
  return { id, service, stable, candidate, strategy, requestedBy, description, phase };
};

function stepOf({ plan }: Release, event: ReleaseEvent): Pick<Notice, 'step'> {
  if (!('index' in event)) return {};
  const step = plan.steps[event.index];
  if (step === undefined) return {};
  return {
    step: { number: event.index + 1, of: plan.steps.length, text: describeStep(step) },
  };
}

function clustersOf(event: ReleaseEvent): readonly ClusterName[] {
  if ('cluster' in event) return [event.cluster];
  if ('traffic' in event) return event.traffic.clusters.map(({ cluster }) => cluster);
  return event.type === 'held' ? clustersOfHold(event.reason) : [];
}

/** Said once where all clusters get the same, and not at all where they differ. */
function gainOf(event: ReleaseEvent): Pick<Notice, 'candidateGets'> {
  if (!('traffic' in event)) return {};
  const [gain, ...others] = new Set(event.traffic.clusters.map(describeExposure));
  return gain === undefined || others.length > 0 ? {} : { candidateGets: gain };
}
