import { CommanderError } from 'commander';
import { createProgram } from './command/program.js';
import { errorRecord } from './error-record.js';
import { errorText } from './error-text.js';
import { exitCode, exitCodeOf, type ExitCode } from './exit-code.js';
import type { Io } from './io.js';
import { Runner } from './session.js';
import { formatIn } from './settings.js';
import { UsageError } from './usage-error.js';

/** Carries out one command line, without the name of the program. Resolves to the exit status. */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  const runner = new Runner(io);
  const format = formatIn(argv);
  // Programs are told what is wrong in one piece; what commander says to people would be in its way.
  const speaking = format === 'table' ? io : { ...io, stderr: { write: () => undefined } };
  try {
    await createProgram(runner, speaking).parseAsync(argv, { from: 'user' });
    return runner.code;
  } catch (thrown) {
    if (thrown instanceof CommanderError && thrown.exitCode === 0) return exitCode.succeeded;
    const error = thrown instanceof CommanderError ? toUsageError(thrown) : thrown;
    const code: ExitCode = exitCodeOf(error);
    if (format !== 'table') io.stderr.write(errorRecord(error, code, format));
    // Commander has said already what is wrong, or has shown the help that was asked for.
    else if (error === thrown) io.stderr.write(errorText(thrown));
    return code;
  }
}

const toUsageError = ({ code, message }: CommanderError): UsageError =>
  new UsageError(
    code === 'commander.help' ? 'A command is missing.' : message.replace(/^error: /, ''),
    'Add --help for usage and examples.',
  );
