import type { Session } from '../session.js';
import type { Change, Viewer } from './viewer.js';

/** For programs: the release after each change, one JSON object a line or one YAML document each. */
export class RecordViewer implements Viewer {
  constructor(private readonly session: Pick<Session, 'printNext'>) {}

  show({ release }: Change): void {
    this.session.printNext(release, () => '');
  }

  close(): void {
    // Every record is complete as it stands.
  }
}
