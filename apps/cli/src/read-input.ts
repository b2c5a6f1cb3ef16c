import type { Io } from './io.js';
import { UsageError } from './usage-error.js';

/** The text of a file, or of standard input for `-`. */
export async function readInput(io: Io, path: string): Promise<string> {
  try {
    return await (path === '-' ? io.readStdin() : io.readFile(path));
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    throw new UsageError(`"${path}" cannot be read: ${reason}.`, 'Check the path.');
  }
}
