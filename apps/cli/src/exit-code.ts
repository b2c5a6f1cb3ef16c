import { SpillwayError, SpillwayUnreachable, WaitTimedOut } from '@spillway/sdk';
import { DocumentRefused } from './manifest/document-refused.js';
import { UsageError } from './usage-error.js';

/** What a script learns. `spillway --help` lists them. */
export const exitCode = {
  succeeded: 0,
  /** Refused by the server, or the release did not succeed. */
  failed: 1,
  usage: 2,
  unreachable: 3,
  /** The time to wait is over; the release goes on. */
  waitedInVain: 4,
  interrupted: 130,
  terminated: 143,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

export function exitCodeOf(thrown: unknown): ExitCode {
  if (thrown instanceof DocumentRefused) return exitCodeOf(thrown.cause);
  if (thrown instanceof UsageError) return exitCode.usage;
  if (thrown instanceof SpillwayUnreachable) return exitCode.unreachable;
  if (thrown instanceof WaitTimedOut) return exitCode.waitedInVain;
  // Something else answered in its place, such as a proxy that does not find it.
  const stranger = thrown instanceof SpillwayError && thrown.code === 'UNEXPECTED_ANSWER';
  return stranger ? exitCode.unreachable : exitCode.failed;
}
