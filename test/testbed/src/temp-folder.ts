import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const prefix = 'spillway-testbed-';
let cleaned: Promise<void> | undefined;

/** A folder of this process. Its name carries our pid, so that a later run can tell that we are gone. */
export async function makeTempFolder(name: string): Promise<string> {
  await (cleaned ??= removeStaleFolders());
  return mkdtemp(join(tmpdir(), `${prefix}${process.pid}-${name}-`));
}

export async function removeTempFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
}

/** What a crashed test run could not remove. */
async function removeStaleFolders(): Promise<void> {
  const names = await readdir(tmpdir());
  const stale = names.filter((name) => {
    const owner = name.startsWith(prefix) ? Number.parseInt(name.slice(prefix.length), 10) : NaN;
    return Number.isInteger(owner) && !isAlive(owner);
  });
  await Promise.all(stale.map((name) => removeTempFolder(join(tmpdir(), name))));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
