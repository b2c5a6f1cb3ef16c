import type { Release } from '@spillway/sdk';
import { exitCode, type ExitCode } from '../exit-code.js';
import type { Signal } from '../io.js';
import { isScreen } from '../render/paint.js';
import type { Session } from '../session.js';
import { followRelease } from './follow-release.js';
import { LiveViewer } from './live-viewer.js';
import { LogViewer } from './log-viewer.js';
import { RecordViewer } from './record-viewer.js';
import type { Viewer } from './viewer.js';

/** Shows a release to its end, which decides the exit status. A signal ends the watching only. */
export async function watchRelease(session: Session, id: string): Promise<ExitCode> {
  const { io, client } = session;
  const stopped = new AbortController();
  const stopListening = io.onSignal((signal) => stopped.abort(signal));
  const viewer = viewerFor(session);
  let last: Release | undefined;
  try {
    for await (const change of followRelease(client, id, stopped.signal)) {
      last = change.release;
      viewer.show(change);
    }
  } catch (thrown) {
    if (!stopped.signal.aborted) throw thrown;
  } finally {
    viewer.close();
    stopListening();
  }
  if (last?.final === true) return verdict(last);
  io.stderr.write(goesOn(id));
  return interruptedBy(stopped.signal.reason as Signal);
}

function viewerFor(session: Session): Viewer {
  if (session.format !== 'table') return new RecordViewer(session);
  return isScreen(session.io) ? new LiveViewer(session) : new LogViewer(session.io);
}

const verdict = ({ phase }: Release): ExitCode =>
  phase === 'succeeded' ? exitCode.succeeded : exitCode.failed;

const interruptedBy = (signal: Signal): ExitCode =>
  signal === 'SIGTERM' ? exitCode.terminated : exitCode.interrupted;

const goesOn = (id: string): string =>
  [
    'spillway: stopped watching; the release goes on.',
    `  watch:   spillway release watch ${id}`,
    `  abort:   spillway release abort ${id}`,
    '',
  ].join('\n');
