import type { Release } from '@spillway/sdk';
import type { Command } from 'commander';
import { exitCode, type ExitCode } from '../../exit-code.js';
import { releaseFacts } from '../../render/release.js';
import type { Session } from '../../session.js';
import { UsageError } from '../../usage-error.js';
import { waitForRelease } from '../../watch/wait-for-release.js';
import { watchRelease } from '../../watch/watch-release.js';
import { time } from '../arguments.js';

export interface FollowOptions {
  readonly watch?: boolean | undefined;
  readonly wait?: boolean | undefined;
  readonly timeout?: number | undefined;
}

/** What a command that moves a release may do until the release ends. */
export const withFollow = (command: Command): Command =>
  command
    .option('--watch', 'show it to its end; exits 0 only if it succeeds')
    .option('--wait', 'wait for its end and show that; exits 0 only if it succeeds')
    .option(
      '--timeout <time>',
      'with --wait: no longer than this, such as 30m; then exits 4',
      time,
    );

/** Refuses what cannot be meant so, before anything is sent. */
export function followTerms({ watch, wait, timeout }: FollowOptions): FollowOptions {
  if (timeout === undefined || wait === true) return { watch, wait, timeout };
  throw new UsageError('--timeout is there without --wait.', 'Add --wait, or leave it out.');
}

/** Follows a release as it was asked for, or shows it as it is now. */
export function follow(
  session: Session,
  release: Release,
  { watch, wait, timeout }: FollowOptions,
): Promise<ExitCode> {
  if (watch === true) return watchRelease(session, release.id);
  if (wait === true) return waitForRelease(session, release.id, { timeoutMs: timeout });
  session.print(release, () => releaseFacts(release, session.io.now()));
  return Promise.resolve(exitCode.succeeded);
}
