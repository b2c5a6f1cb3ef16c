import type { Look, Release, ReleaseEvent } from '@spillway/sdk';
import { nextSteps } from './next-steps.js';
import { elapsed, stamp } from './moment.js';
import type { Paint } from './paint.js';
import { lookOf } from './phase.js';
import { printable } from './printable.js';
import { lastedFor, routingWords, stepWords } from './release.js';

interface Subject {
  readonly release: Release;
  /** The last ones, oldest first. */
  readonly events: readonly ReleaseEvent[];
  /** Newest first. */
  readonly looks: readonly Look[];
  readonly now: number;
}

/** Why a release is where it is, in sentences; the same for people and for programs. */
export interface Explanation {
  readonly release: string;
  readonly phase: Release['phase'];
  readonly summary: string;
  /** Nothing, when it has ended. */
  readonly waitsFor: readonly string[];
  readonly clusters: readonly string[];
  readonly decisions: readonly string[];
  readonly evidence: readonly string[];
  readonly next: readonly string[];
}

export function explanationOf(subject: Subject): Explanation {
  const { release, events, looks } = subject;
  return {
    release: release.id,
    phase: release.phase,
    summary: summaryOf(subject),
    waitsFor: waitsFor(subject),
    clusters: release.rollouts.map(
      (rollout) =>
        `${rollout.cluster}: ${rollout.weight} % for ${release.candidate}; ${routingWords(rollout)}`,
    ),
    decisions: events.map(({ at, because, actor }) => `${stamp(at)} ${because}${byWhom(actor)}`),
    evidence: newestByMetric(looks).map(evidenceWords),
    next: nextSteps(release),
  };
}

const byWhom = (actor: string): string => (actor === 'spillway' ? '' : ` (${actor})`);

function summaryOf({ release, now }: Subject): string {
  const { service, stable, candidate, phase, because } = release;
  const what = `${service} ${stable} → ${candidate}`;
  const ended = release.final ? ` after ${lastedFor(release, now)}` : '';
  return `${what}: ${lookOf(phase).words.toLowerCase()}${ended}, because ${because}`;
}

function waitsFor(subject: Subject): readonly string[] {
  if (subject.release.final) return [];
  return [...standstill(subject), ...unproven(subject.release)];
}

/** What it waits for as a whole. */
function standstill({ release, now }: Subject): readonly string[] {
  const { held, paused, awaiting } = release;
  const since = (moment: string): string =>
    `since ${stamp(moment)}, ${elapsed(now - Date.parse(moment))} ago`;
  if (held !== undefined) return [`${held.detail} (${held.kind}, ${since(held.since)})`];
  if (awaiting !== undefined) return [`${wanted(release)} (since ${stamp(awaiting.since)})`];
  if (release.phase === 'queued') return ['the release of this service that was there before it'];
  if (paused === undefined) return [stepWords(release)];
  const until = paused.until === undefined ? 'somebody to resume it' : stamp(paused.until);
  return [`${until} (paused ${since(paused.since)})`];
}

/** What the gate wants that it waits at, and who has said yes so far. */
function wanted({ awaiting, gates }: Release): string {
  const gate = gates.find(({ name, wave }) => name === awaiting?.gate && wave === awaiting.wave);
  const by = gate?.approvals.map((approval) => approval.by).join(', ') ?? '';
  return `gate ${awaiting?.gate}: ${gate?.wants ?? 'a yes'}${by === '' ? '' : `; approved by ${by}`}`;
}

/** Clusters that do not have yet what they should. */
const unproven = ({ rollouts }: Release): readonly string[] =>
  rollouts
    .filter(({ generation, applied }) => generation > 0 && !applied)
    .map((rollout) => `${rollout.cluster}: ${routingWords(rollout)}`);

function newestByMetric(looks: readonly Look[]): readonly Look[] {
  const newest = new Map<string, Look>();
  for (const look of looks) {
    const key = `${look.metric} ${look.cluster}`;
    if (!newest.has(key)) newest.set(key, look);
  }
  return [...newest.values()];
}

const evidenceWords = ({ metric, cluster, to, verdict, reading }: Look): string =>
  `${metric} in ${cluster}, ${stamp(to)}: ${
    verdict === undefined ? reading.kind : `${verdict.kind}; ${verdict.because}`
  }`;

export function explanationText(explanation: Explanation, paint: Paint): string {
  const { release, summary, waitsFor: waits, clusters, decisions, evidence, next } = explanation;
  const part = (title: string, lines: readonly string[]): readonly string[] =>
    lines.length === 0
      ? []
      : ['', paint('strong', title), ...lines.map((line) => `  ${printable(line)}`)];
  const lines = [
    paint('quiet', `Release ${release}`),
    printable(summary),
    ...part('Waits for', waits),
    ...part('Clusters', clusters),
    ...part('Last decisions', decisions),
    ...part('Newest evidence', evidence),
    ...part('What you can do', next),
  ];
  return `${lines.join('\n')}\n`;
}
