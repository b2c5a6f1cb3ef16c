import type { Release } from '@spillway/sdk';
import type { Io } from '../io.js';
import { eventLine } from '../render/event.js';
import { lastedFor } from '../render/release.js';
import { lookOf } from '../render/phase.js';
import { printable } from '../render/printable.js';
import type { Change, Viewer } from './viewer.js';

/** For pipes and logs: one line per event, nothing is ever taken back. */
export class LogViewer implements Viewer {
  private begun = false;

  constructor(private readonly io: Pick<Io, 'stdout' | 'now'>) {}

  show({ release, news }: Change): void {
    const lines = [
      ...(this.begun ? [] : [heading(release)]),
      ...news.map(eventLine),
      ...(release.final ? [ending(release, this.io.now())] : []),
    ];
    this.begun = true;
    this.io.stdout.write(lines.join(''));
  }

  close(): void {
    // Every line is complete as it stands.
  }
}

function heading({ id, service, stable, candidate, strategy }: Release): string {
  const what = `${service} ${stable} → ${candidate}`;
  return `${printable(`release ${id}: ${what}, ${strategy.name} version ${strategy.version}`)}\n`;
}

const ending = (release: Release, now: number): string =>
  `${printable(`${lookOf(release.phase).words} after ${lastedFor(release, now)}: ${release.because}`)}\n`;
