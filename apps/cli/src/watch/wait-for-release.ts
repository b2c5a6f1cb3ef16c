import type { Phase } from '@spillway/sdk';
import { exitCode, type ExitCode } from '../exit-code.js';
import { releaseFacts } from '../render/release.js';
import type { Session } from '../session.js';
import { untilSignal } from './until-signal.js';
import { verdict } from './watch-release.js';

export interface WaitTerms {
  readonly until?: Phase | undefined;
  readonly timeoutMs?: number | undefined;
}

/** Says nothing before the end, or before the phase that is waited for; then the release. */
export const waitForRelease = (
  session: Session,
  id: string,
  { until, timeoutMs }: WaitTerms = {},
): Promise<ExitCode> =>
  untilSignal(session, id, async (signal) => {
    const { client, io, print } = session;
    // The wait is patient with a server that is away. A first look tells a mistyped address at once.
    await client.releases.get(id, { signal });
    const release = await client.releases.waitFor(id, { until, timeoutMs, signal });
    print(release, () => releaseFacts(release, io.now()));
    return until === undefined ? verdict(release) : exitCode.succeeded;
  });
