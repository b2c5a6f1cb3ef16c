import { exitCode, type ExitCode } from '../exit-code.js';
import type { Signal } from '../io.js';
import type { Session } from '../session.js';

/** Work on a release that a signal ends; the release itself goes on, and that is said. */
export async function untilSignal(
  { io }: Pick<Session, 'io'>,
  id: string,
  work: (signal: AbortSignal) => Promise<ExitCode>,
): Promise<ExitCode> {
  const stopped = new AbortController();
  const stopListening = io.onSignal((signal) => stopped.abort(signal));
  try {
    return await work(stopped.signal);
  } catch (thrown) {
    if (!stopped.signal.aborted) throw thrown;
    io.stderr.write(goesOn(id));
    return interruptedBy(stopped.signal.reason as Signal);
  } finally {
    stopListening();
  }
}

const interruptedBy = (signal: Signal): ExitCode =>
  signal === 'SIGTERM' ? exitCode.terminated : exitCode.interrupted;

const goesOn = (id: string): string =>
  [
    'spillway: stopped watching; the release goes on.',
    `  watch:   spillway release watch ${id}`,
    `  abort:   spillway release abort ${id}`,
    '',
  ].join('\n');
