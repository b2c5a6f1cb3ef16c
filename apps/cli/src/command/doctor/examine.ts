import {
  Spillway,
  SpillwayError,
  SpillwayUnreachable,
  type Cluster,
  type Identity,
} from '@spillway/sdk';
import type { Io } from '../../io.js';
import { failed, fine, warning, type Finding } from './finding.js';
import { transport, unreachable } from './where.js';

export interface Examined {
  readonly io: Pick<Io, 'now'>;
  readonly url: string;
  readonly token: string | undefined;
}

/** Everything that can be asked of a server; what needs an answer is not asked when there is none. */
export async function examine({ io, url, token }: Examined): Promise<readonly Finding[]> {
  const heard: { date?: string | null } = {};
  const spillway = new Spillway({
    baseUrl: url,
    token: token ?? '-',
    retries: 0,
    fetch: async (request) => {
      const response = await globalThis.fetch(request);
      heard.date ??= response.headers.get('date');
      return response;
    },
  });
  const server = await answers(spillway, url);
  if (server.some(({ state }) => state === 'failed')) return server;
  return [
    ...server,
    ...clock(heard.date, io.now()),
    ...(await readiness(spillway)),
    ...(token === undefined ? [noToken] : await access(spillway)),
  ];
}

async function answers(spillway: Spillway, url: string): Promise<readonly Finding[]> {
  try {
    await spillway.server.live();
    return [fine('server', `${url} answers`), transport(url)];
  } catch (thrown) {
    if (thrown instanceof SpillwayUnreachable) return [unreachable(thrown.message)];
    if (!(thrown instanceof SpillwayError)) throw thrown;
    return [failed('server', thrown.detail, thrown.next)];
  }
}

/** Signed webhooks and short tokens are refused by clocks that are minutes apart. */
const harmlessSkewMs = 5_000;
const harmfulSkewMs = 60_000;

function clock(date: string | null | undefined, now: number): readonly Finding[] {
  const theirs = Date.parse(date ?? '');
  if (Number.isNaN(theirs)) return [];
  // The header has whole seconds.
  const apart = Math.max(0, Math.abs(theirs - now) - 1_000);
  const seconds = `${Math.round(apart / 1_000)} s`;
  if (apart <= harmlessSkewMs) return [fine('clock', 'that of the server is the same as here')];
  const words = `that of the server is ${seconds} ${theirs > now ? 'ahead of' : 'behind'} this one`;
  const next = 'Let both machines keep time by NTP.';
  return [apart > harmfulSkewMs ? failed('clock', words, next) : warning('clock', words, next)];
}

async function readiness(spillway: Spillway): Promise<readonly Finding[]> {
  const { ok, checks } = await spillway.server.ready();
  const findings = checks.map(({ name, ok: works, detail }) =>
    works
      ? fine(name, detail ?? 'works')
      : failed(name, detail ?? 'does not work', 'See the log of the server, and its settings.'),
  );
  const told = findings.some(({ state }) => state === 'failed');
  return ok || told
    ? findings
    : [...findings, failed('server', 'it is not ready', 'See the log of the server.')];
}

const noToken = failed('token', 'none is given', 'Run "spillway login", or set SPILLWAY_TOKEN.');

async function access(spillway: Spillway): Promise<readonly Finding[]> {
  try {
    const { actor, grants } = await spillway.server.whoAmI();
    const clusters: Cluster[] = [];
    for await (const cluster of spillway.clusters.list()) clusters.push(cluster);
    return [identity(actor, grants), ...clusterFindings(clusters)];
  } catch (thrown) {
    if (!(thrown instanceof SpillwayError)) throw thrown;
    const next = thrown.status === 401 ? 'Run "spillway login" with a new one.' : thrown.next;
    return [failed('token', thrown.detail, next)];
  }
}

function identity(actor: string, grants: Identity['grants']): Finding {
  const roles = [...new Set(grants.map(({ role }) => role))];
  return roles.length === 0
    ? failed('token', `it is that of ${actor}, who has no role`, 'Ask an admin for a role.')
    : fine('token', `it is that of ${actor}: ${roles.join(', ')}`);
}

const clusterFindings = (clusters: readonly Cluster[]): readonly Finding[] =>
  clusters.length === 0
    ? [warning('clusters', 'there are none', 'Add one: spillway cluster add --help')]
    : clusters.map(clusterFinding);

function clusterFinding({ name, state, reason }: Cluster): Finding {
  const check = `cluster ${name}`;
  const next = `spillway cluster probe ${name}`;
  if (state === 'ready') return fine(check, 'ready');
  if (state === 'unreachable')
    return failed(check, `unreachable: ${reason ?? 'nobody knows why'}`, next);
  // A process that only answers requests holds no connection: that says nothing of the cluster.
  return warning(check, 'the process that answered does not know how it is', next);
}
