import type {
  OutgoingAnswer,
  OutgoingCalls,
  OutgoingRequest,
  SendOutcome,
} from '@spillway/application';
import {
  refOf,
  toCommitStatus,
  toDeploymentStatus,
  type Channel,
  type Envelope,
} from '@spillway/domain-notification';
import { judgeAnswer } from './judge-answer.js';
import type { OpenedSecrets } from './opened-secrets.js';

export type GitHubChannel = Extract<
  Channel,
  { kind: 'gitHubCommitStatus' | 'gitHubDeploymentStatus' }
>;

interface Asking {
  readonly channel: GitHubChannel;
  readonly envelope: Envelope;
  readonly secrets: OpenedSecrets;
  readonly outgoing: OutgoingCalls;
  readonly timeoutMs: number;
}

const maxBytes = 64_000;
const json = 'application/vnd.github+json';

/**
 * A status belongs to a commit, or to a deployment, which has to be looked up first: by what the
 * version was built from. Of a test nothing is written; the repository is only looked at.
 */
export function tellGitHub(asking: Asking): Promise<SendOutcome> {
  if (asking.envelope.notice.type === 'test') return lookAtRepository(asking);
  return asking.channel.kind === 'gitHubCommitStatus'
    ? tellOfCommit(asking, asking.channel)
    : tellOfDeployment(asking, asking.channel);
}

async function lookAtRepository(asking: Asking): Promise<SendOutcome> {
  return judge(await call(asking, 'GET', ''), asking);
}

const sha = /^[0-9a-f]{40}$/;

async function tellOfCommit(
  asking: Asking,
  channel: Extract<GitHubChannel, { kind: 'gitHubCommitStatus' }>,
): Promise<SendOutcome> {
  const ref = refOf(channel, asking.envelope.notice);
  let commit = ref;
  if (!sha.test(ref)) {
    const path = `/commits/${encodeURIComponent(ref)}`;
    const answer = await call(asking, 'GET', path, { accept: 'application/vnd.github.sha' });
    const outcome = judge(answer, asking);
    if (outcome.kind === 'failed') return outcome;
    commit = bodyOf(answer).trim();
    if (!sha.test(commit)) return unusable(`GitHub named no commit for "${ref}"`);
  }
  const body = toCommitStatus(channel, asking.envelope);
  return judge(await call(asking, 'POST', `/statuses/${commit}`, { body }), asking);
}

async function tellOfDeployment(
  asking: Asking,
  channel: Extract<GitHubChannel, { kind: 'gitHubDeploymentStatus' }>,
): Promise<SendOutcome> {
  const ref = refOf(channel, asking.envelope.notice);
  // Of a deployment, GitHub keeps both the ref that was asked for and the commit that it was.
  const which = sha.test(ref) ? { sha: ref } : { ref };
  const query = new URLSearchParams({ ...which, environment: channel.environment, per_page: '1' });
  const answer = await call(asking, 'GET', `/deployments?${query.toString()}`);
  const outcome = judge(answer, asking);
  if (outcome.kind === 'failed') return outcome;
  const id = newestId(bodyOf(answer));
  if (id === undefined) {
    return unusable(`GitHub knows no deployment of "${ref}" to ${channel.environment}`);
  }
  const body = toDeploymentStatus(asking.envelope);
  return judge(await call(asking, 'POST', `/deployments/${id}/statuses`, { body }), asking);
}

/** Newest first is how GitHub lists them. */
function newestId(body: string): number | undefined {
  try {
    const list = JSON.parse(body) as readonly { readonly id?: unknown }[] | null;
    const id = Array.isArray(list) ? (list as readonly { id?: unknown }[])[0]?.id : undefined;
    return Number.isSafeInteger(id) ? (id as number) : undefined;
  } catch {
    return undefined;
  }
}

const unusable = (because: string): SendOutcome => ({ kind: 'failed', fault: 'message', because });

const bodyOf = (answer: OutgoingAnswer): string => (answer.kind === 'answered' ? answer.body : '');

const judge = (answer: OutgoingAnswer, { secrets }: Asking): SendOutcome =>
  judgeAnswer(answer, { who: 'GitHub', secrets });

async function call(
  { channel, secrets, outgoing, timeoutMs }: Asking,
  method: OutgoingRequest['method'],
  path: string,
  { accept = json, body }: { readonly accept?: string; readonly body?: object } = {},
): Promise<OutgoingAnswer> {
  return outgoing.call({
    url: `${channel.url.replace(/\/+$/, '')}/repos/${channel.repository}${path}`,
    method,
    headers: {
      accept,
      authorization: `Bearer ${await secrets.text(channel.token)}`,
      'x-github-api-version': '2022-11-28',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    timeoutMs,
    maxBytes,
  });
}
