import type { Phase } from '@spillway/domain-release';
import type { Notice } from '../notice.js';
import type { Channel } from '../channel.js';
import { linkOf, type Envelope } from './envelope.js';
import { fit } from './text.js';

/** Phases that have not ended are all the same to GitHub; a release that was called off is nobody's failure. */
const commitStates: Partial<Record<Phase, string>> = {
  succeeded: 'success',
  rolledBack: 'failure',
  cancelled: 'error',
  superseded: 'error',
};

const deploymentStates: Partial<Record<Phase, string>> = {
  queued: 'queued',
  pending: 'queued',
  succeeded: 'success',
  rolledBack: 'failure',
  cancelled: 'inactive',
  superseded: 'inactive',
};

/** GitHub refuses longer ones. */
const limit = 140;

const describe = ({ because }: Notice): string => fit(because, limit);

const filled = (template: string, { release }: Notice): string =>
  template.replaceAll('{{version}}', release.candidate).replaceAll('{{service}}', release.service);

type CommitStatus = Extract<Channel, { kind: 'gitHubCommitStatus' }>;
type DeploymentStatus = Extract<Channel, { kind: 'gitHubDeploymentStatus' }>;

/** The commit that CI named, if it is of this repository; else the branch, tag or commit that the channel says. */
export function refOf(
  { ref, repository }: CommitStatus | DeploymentStatus,
  notice: Notice,
): string {
  const { commit } = notice.release;
  const isOfHere = (commit?.repository ?? repository).toLowerCase() === repository.toLowerCase();
  return commit !== undefined && isOfHere ? commit.sha : filled(ref, notice);
}

/** For `POST /repos/{owner}/{repo}/statuses/{sha}`. */
export function toCommitStatus(channel: CommitStatus, envelope: Envelope) {
  const { notice } = envelope;
  const link = linkOf(envelope);
  return {
    state: commitStates[notice.release.phase] ?? 'pending',
    context: fit(filled(channel.context, notice), 250),
    description: describe(notice),
    ...(link === undefined ? {} : { target_url: link }),
  };
}

/** For `POST /repos/{owner}/{repo}/deployments/{id}/statuses`. */
export function toDeploymentStatus(envelope: Envelope) {
  const { notice } = envelope;
  const link = linkOf(envelope);
  return {
    state: deploymentStates[notice.release.phase] ?? 'in_progress',
    description: describe(notice),
    auto_inactive: false,
    ...(link === undefined ? {} : { log_url: link }),
  };
}
