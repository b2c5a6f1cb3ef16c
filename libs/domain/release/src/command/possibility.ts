import type { HoldReason } from '../hold.js';
import type { Phase } from '../phase.js';
import { interruptedPhase, type Release } from '../release.js';

/** What a person may tell a release to do. */
export const releaseVerbs = [
  'pause',
  'resume',
  'promote',
  'promoteFull',
  'skipStep',
  'jumpToStep',
  'restart',
  'changeStrategy',
  'abort',
  'retry',
  'undo',
] as const;
export type ReleaseVerb = (typeof releaseVerbs)[number];

/** `already`: it has had its effect, so the answer is the release as it is. */
export type Possibility = 'possible' | 'already' | 'refused';

/** `asBefore`: as in the phase that the hold, the pause or the gate interrupted. */
type Cell = Exclude<Possibility, 'refused'> | 'asBefore';

const stepping = {
  progressing: 'possible',
  awaitingApproval: 'asBefore',
  paused: 'asBefore',
  held: 'asBefore',
} as const;

/** What is not said is refused. */
const table: Readonly<Record<ReleaseVerb, Readonly<Partial<Record<Phase, Cell>>>>> = {
  pause: {
    progressing: 'possible',
    awaitingApproval: 'possible',
    baking: 'possible',
    held: 'asBefore',
    paused: 'already',
  },
  resume: {
    paused: 'possible',
    held: 'possible',
    pending: 'already',
    preparing: 'already',
    progressing: 'already',
    awaitingApproval: 'already',
    promoting: 'already',
    baking: 'already',
  },
  promote: {
    progressing: 'possible',
    awaitingApproval: 'asBefore',
    paused: 'asBefore',
    held: 'asBefore',
    promoting: 'already',
    baking: 'already',
    succeeded: 'already',
  },
  promoteFull: {
    progressing: 'possible',
    awaitingApproval: 'asBefore',
    promoting: 'possible',
    baking: 'possible',
    paused: 'asBefore',
    held: 'asBefore',
    succeeded: 'already',
  },
  skipStep: stepping,
  jumpToStep: stepping,
  restart: stepping,
  changeStrategy: {
    pending: 'possible',
    preparing: 'possible',
    ...stepping,
  },
  abort: {
    queued: 'possible',
    pending: 'possible',
    preparing: 'possible',
    progressing: 'possible',
    awaitingApproval: 'possible',
    promoting: 'possible',
    baking: 'possible',
    paused: 'asBefore',
    held: 'asBefore',
    rollingBack: 'already',
    rolledBack: 'already',
    cancelled: 'already',
    superseded: 'already',
  },
  retry: { rolledBack: 'possible', cancelled: 'possible', superseded: 'possible' },
  undo: { succeeded: 'possible' },
};

/** What the table says of a verb in a phase; `asBefore` is said of the phase beneath. */
export const cellOf = (verb: ReleaseVerb, phase: Phase): Cell | 'refused' =>
  table[verb][phase] ?? 'refused';

/** Whether a release can be told this now. */
export function possibilityOf(release: Release, verb: ReleaseVerb): Possibility {
  const { held, paused, isFull } = release;
  if (verb === 'resume' && held !== undefined && !endsByWord(held.reason)) return 'refused';
  // The plan's own pause has an end; one by word has none.
  if (verb === 'pause' && paused?.until !== undefined) return 'possible';
  const cell = firstOf(verb, phasesOf(release));
  return verb === 'promoteFull' && isFull === true && cell === 'possible' ? 'already' : cell;
}

/** Its phase, and what that interrupted, and what that did. */
const phasesOf = (release: Release): readonly Phase[] => [
  release.phase,
  interruptedPhase(release),
  ...(release.awaiting === undefined ? [] : [release.awaiting.from]),
];

function firstOf(verb: ReleaseVerb, beneath: readonly Phase[]): Possibility {
  const cells = beneath.map((phase) => cellOf(verb, phase));
  return cells.find((cell) => cell !== 'asBefore') ?? 'refused';
}

/** A hold ends with its reason; few reasons end by a word of somebody. */
const endsByWord = ({ kind }: HoldReason): boolean =>
  kind === 'drift' || kind === 'splitNotInForce' || kind === 'inconclusive';
