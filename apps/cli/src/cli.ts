import { CommanderError } from 'commander';
import { createProgram } from './command/program.js';
import { errorText } from './error-text.js';
import { exitCode, exitCodeOf } from './exit-code.js';
import type { Io } from './io.js';
import { Runner } from './session.js';

/** Carries out one command line, without the name of the program. Resolves to the exit status. */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  const runner = new Runner(io);
  try {
    await createProgram(runner, io).parseAsync(argv, { from: 'user' });
    return runner.code;
  } catch (thrown) {
    // Commander has said already what is wrong, or has shown the help that was asked for.
    if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? 0 : exitCode.usage;
    io.stderr.write(errorText(thrown));
    return exitCodeOf(thrown);
  }
}
