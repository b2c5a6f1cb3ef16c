import type { Release, ReleaseEvent } from '@spillway/sdk';
import { elapsed, timeOfDay } from '../render/moment.js';
import type { Paint } from '../render/paint.js';
import { lookOf } from '../render/phase.js';
import { cut, printable, wrap } from '../render/printable.js';
import { lastedFor, stepWords } from '../render/release.js';
import { clusterLines } from './cluster-lines.js';

/** What is known at a moment. */
export interface Picture {
  readonly release: Release;
  /** The last events, oldest first. */
  readonly reasons: readonly ReleaseEvent[];
  readonly now: number;
  readonly lostSince?: number | undefined;
}

/** How it is to look. */
export interface Look {
  readonly columns: number;
  readonly rows: number;
  readonly paint: Paint;
  readonly timeZone?: string | undefined;
}

/** Wider is not easier to read. */
const widest = 110;
const mostReasons = 6;

/**
 * A release as lines that fit the terminal. Where there is no room for all,
 * the clusters that have nothing to say are summed up first.
 */
export function drawRelease(picture: Picture, look: Look): readonly string[] {
  const width = Math.min(look.columns, widest) - 1;
  const fitted = { ...look, columns: width };
  const head = [title(picture, fitted), status(picture, fitted), ''];
  const notes = noteLines(picture, fitted);
  const foot = ['', look.paint('quiet', cut(footer(picture.release), width))];
  const room = Math.max(2, look.rows - 1 - head.length - notes.length - foot.length);
  const wanted = picture.release.rollouts.length;
  const clusters = clusterLines(picture.release, Math.min(wanted, Math.max(1, room - 3)), fitted);
  const reasons = reasonLines(picture, room - clusters.length - 1, fitted);
  return [...head, ...clusters, ...notes, ...reasons, ...foot].slice(0, Math.max(1, look.rows - 1));
}

const footer = ({ id, final }: Release): string =>
  final ? `release ${id}` : `release ${id}; Ctrl-C stops watching only`;

function title({ release, now }: Picture, { columns, paint }: Look): string {
  const { service, stable, candidate, strategy } = release;
  const time = lastedFor(release, now);
  const what = printable(`${service}  ${stable} → ${candidate}`);
  const how = printable(`  ${strategy.name}, version ${strategy.version}`);
  const room = columns - time.length - 1;
  const shown = cut(how, Math.max(0, room - what.length));
  const gap = ' '.repeat(Math.max(1, columns - what.length - shown.length - time.length));
  return `${paint('strong', cut(what, room))}${paint('quiet', shown + gap + time)}`;
}

function status({ release }: Picture, { columns, paint }: Look): string {
  const { words, tone, sign } = lookOf(release.phase);
  const phase = `${sign} ${words}`;
  const more = `  ${printable(release.final ? release.because : stepWords(release))}`;
  return paint(tone, phase) + cut(more, columns - phase.length);
}

/** Why it stands still, and whether this picture may be old. */
function noteLines({ release, now, lostSince }: Picture, look: Look): readonly string[] {
  const { held, paused } = release;
  const since = (moment: string): string =>
    `since ${timeOfDay(moment, look.timeZone)} (${elapsed(now - Date.parse(moment))})`;
  const notes = [
    held && `Held ${since(held.since)}: ${held.detail}`,
    paused && `Paused ${since(paused.since)}, ${untilWords(paused.until, look)}`,
    lostSince !== undefined &&
      `Spillway has not answered for ${elapsed(now - lostSince)}; this picture may be old. The release goes on.`,
  ].filter((note) => typeof note === 'string');
  if (notes.length === 0) return [];
  const lines = notes.flatMap((note) => wrap(printable(note), look.columns - 2, 2));
  return ['', ...lines.map((line) => look.paint('waiting', `  ${line}`))];
}

const untilWords = (until: string | undefined, { timeZone }: Look): string =>
  until === undefined
    ? 'until "spillway release resume" is called'
    : `until ${timeOfDay(until, timeZone)}`;

/** The newest reason in full, earlier ones a line each. */
function reasonLines({ reasons }: Picture, room: number, look: Look): readonly string[] {
  const { columns, paint, timeZone } = look;
  const newest = reasons.at(-1);
  if (newest === undefined || room < 1) return [];
  const indent = 12;
  const because = ({ because: why, actor }: ReleaseEvent): string =>
    printable(actor === 'spillway' ? why : `${why} (${actor})`);
  const line = (event: ReleaseEvent, text: string): string =>
    `${paint('quiet', `  ${timeOfDay(event.at, timeZone)}  `)}${text}`;
  const [first = '', ...rest] = wrap(because(newest), columns - indent, Math.min(3, room));
  const full = [line(newest, first), ...rest.map((text) => ' '.repeat(indent) + text)];
  const earlier = Math.min(mostReasons - 1, room - full.length);
  const short = earlier < 1 ? [] : reasons.slice(-1 - earlier, -1);
  return ['', ...short.map((event) => line(event, cut(because(event), columns - indent))), ...full];
}
