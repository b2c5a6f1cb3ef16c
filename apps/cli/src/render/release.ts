import type { Release } from '@spillway/sdk';
import { age, elapsed, stamp } from './moment.js';
import type { Paint } from './paint.js';
import { lookOf } from './phase.js';
import { copyWords } from './step.js';
import { facts, table } from './table.js';

type Rollout = Release['rollouts'][number];

export const releaseTable = (
  releases: readonly Release[],
  { now, paint }: { readonly now: number; readonly paint: Paint },
): string =>
  table(
    ['ID', 'SERVICE', 'FROM', 'TO', 'STRATEGY', 'PHASE', 'STEP', 'AGE'],
    releases.map((release) => [
      release.id,
      release.service,
      release.stable,
      release.candidate,
      release.strategy.name,
      { text: release.phase, tone: lookOf(release.phase).tone },
      `${release.progress.stepIndex}/${release.progress.steps}`,
      age(release.createdAt, now),
    ]),
    paint,
  );

/** A release in words, with its clusters. */
export function releaseFacts(release: Release, now: number): string {
  const { held, paused, description, endedAt, createdAt } = release;
  const { sticky } = release.plan;
  const until = paused?.until === undefined ? 'until resumed' : `until ${stamp(paused.until)}`;
  const about = facts([
    ['Release', release.id],
    ['Service', `${release.service} ${release.stable} → ${release.candidate}`],
    ['Strategy', `${release.strategy.name}, version ${release.strategy.version}`],
    ['Phase', lookOf(release.phase).words],
    ['Because', release.because],
    ['Held', held && `${held.detail} (since ${stamp(held.since)})`],
    ...gateFacts(release),
    ['Paused', paused && `since ${stamp(paused.since)}, ${until}`],
    ['Step', release.final ? undefined : stepWords(release)],
    ...routeFacts(release),
    ['Sticky', sticky && `cookie ${sticky.cookie} for ${sticky.lifetime}`],
    ['Asked for', `${stamp(createdAt)} by ${release.requestedBy}`],
    ['Ended', endedAt && `${stamp(endedAt)}, after ${lastedFor(release, now)}`],
    ['Description', description === '' ? undefined : description],
  ]);
  return `${about}\n${rolloutTable(release)}`;
}

/** `Gate prod`: `passed 2026-01-05T10:00:00Z`, or who has approved of how many. */
const gateFacts = ({ gates }: Release): readonly (readonly [string, string])[] =>
  gates.map(({ name, wave, wants, passedAt, approvals }) => {
    const by = approvals.map((one) => one.by).join(', ');
    const state = passedAt === undefined ? by && `approved by ${by}` : `passed ${stamp(passedAt)}`;
    const label = wave === 0 ? `Gate ${name}` : `Gate ${name}, wave ${wave + 1}`;
    return [label, state === '' ? `wants: ${wants}` : `${state} (wants: ${wants})`];
  });

const rolloutTable = ({ rollouts }: Release): string =>
  table(
    ['CLUSTER', 'WAVE', 'WEIGHT', 'ROUTING'],
    rollouts.map((rollout) => [
      rollout.cluster,
      String(rollout.wave + 1),
      trafficWords(rollout),
      routingWords(rollout),
    ]),
  );

/** Each route that is there now, once: clusters of one release have the same ones. */
function routeFacts({ rollouts }: Release): readonly (readonly [string, string])[] {
  const routes = rollouts.flatMap((rollout) => rollout.routes);
  return [...new Map(routes.map(({ name, description }) => [`Route ${name}`, description]))];
}

/** What the candidate sees in a cluster: `10 % + testers + copies of 25 %`. */
const trafficWords = (rollout: Rollout): string =>
  [`${rollout.weight} %`, ...besideWeight(rollout)].join(' + ');

/** What the candidate sees beside its weight. */
export const besideWeight = ({ routes, mirror }: Rollout): readonly string[] => [
  ...routes.map(({ name }) => name),
  ...(mirror === undefined ? [] : [`copies of ${copyWords(mirror)}`]),
];

/** What is known about the routing in one cluster. */
export function routingWords(rollout: Rollout): string {
  if (rollout.refused !== undefined) return `refused: ${rollout.refused}`;
  if (rollout.drifted !== undefined) return `drifted: ${rollout.drifted}`;
  if (rollout.generation === 0) return 'untouched';
  return rollout.applied ? proofWords(rollout.verified) : 'not applied yet';
}

/** What is proven beyond that the API server has it. */
function proofWords({ level, proxies, observed, delayed }: Rollout['verified']): string {
  const inProxies =
    proxies === undefined ? '' : ` in ${proxies} ${proxies === 1 ? 'proxy' : 'proxies'}`;
  if (level === 'observed') return `observed${inProxies}: ${observed}`;
  if (level === 'distributed') return `distributed${inProxies}`;
  return delayed === undefined ? 'applied' : `applied; ${delayed}`;
}

export function stepWords({ progress }: Release): string {
  const { stepIndex, steps, current } = progress;
  if (current === undefined) return `all ${steps} steps done`;
  return `step ${stepIndex + 1} of ${steps}, ${current}`;
}

/** From the asking to the end, or to now. */
export const lastedFor = ({ createdAt, endedAt }: Release, now: number): string =>
  elapsed((endedAt === undefined ? now : Date.parse(endedAt)) - Date.parse(createdAt));
