import type { Release } from '@spillway/sdk';
import { exitCode, type ExitCode } from '../exit-code.js';
import { isScreen } from '../render/paint.js';
import type { Session } from '../session.js';
import { followRelease } from './follow-release.js';
import { LiveViewer } from './live-viewer.js';
import { LogViewer } from './log-viewer.js';
import { RecordViewer } from './record-viewer.js';
import { untilSignal } from './until-signal.js';
import type { Viewer } from './viewer.js';

/** Shows a release to its end, which decides the exit status. A signal ends the watching only. */
export const watchRelease = (session: Session, id: string): Promise<ExitCode> =>
  untilSignal(session, id, async (signal) => {
    const viewer = viewerFor(session);
    let last: Release | undefined;
    try {
      for await (const change of followRelease(session.client, id, signal)) {
        last = change.release;
        viewer.show(change);
      }
    } catch (thrown) {
      if (last?.final !== true) throw thrown;
    } finally {
      viewer.close();
    }
    return last === undefined ? exitCode.failed : verdict(last);
  });

/** For `--quiet`: only the end is told, by the exit status. */
const nobody: Viewer = { show: () => undefined, close: () => undefined };

function viewerFor(session: Session): Viewer {
  if (session.quiet) return nobody;
  if (session.format !== 'table') return new RecordViewer(session);
  return isScreen(session.io) ? new LiveViewer(session) : new LogViewer(session.io);
}

export const verdict = ({ phase }: Release): ExitCode =>
  phase === 'succeeded' ? exitCode.succeeded : exitCode.failed;
