import type { Release, ReleaseEvent } from '@spillway/sdk';
import { LiveScreen } from '../live/live-screen.js';
import { drawRelease } from '../live/picture.js';
import type { Session } from '../session.js';
import type { Change, Viewer } from './viewer.js';

/** More than any picture shows. */
const remembered = 20;

/** For people at a terminal: a picture that is redrawn in place after each change and each second. */
export class LiveViewer implements Viewer {
  private readonly screen: LiveScreen;
  private readonly endings: (() => void)[];
  private release: Release | undefined;
  private reasons: readonly ReleaseEvent[] = [];

  constructor(private readonly session: Pick<Session, 'io' | 'line' | 'paint'>) {
    const { io } = session;
    this.screen = new LiveScreen(io.stdout);
    this.endings = [
      io.every(1_000, () => this.draw()),
      io.stdout.onResize(() => {
        this.screen.forget();
        this.draw();
      }),
    ];
  }

  show({ release, news }: Change): void {
    this.release = release;
    this.reasons = [...this.reasons, ...news].slice(-remembered);
    this.draw();
  }

  close(): void {
    for (const end of this.endings) end();
    this.screen.leave();
  }

  private draw(): void {
    if (this.release === undefined) return;
    const { io, line, paint } = this.session;
    const { release, reasons } = this;
    const moment = { now: io.now(), lostSince: line.lostSince };
    const look = { ...io.stdout.size(), paint, timeZone: io.timeZone };
    this.screen.show(drawRelease({ release, reasons, ...moment }, look));
  }
}
