import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';

/** A browser without a window. */
export function openChromium(): Promise<Browser> {
  // Its sandbox needs more rights than root has in a container; the pages are our own.
  return chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox'] });
}

function findChromium(): string {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const found = folders.map((folder) => join(folder, 'chromium')).find(isProgram);
  if (found !== undefined) return found;
  throw new Error('chromium is not on the PATH; get it: "apt-get install chromium" (Debian).');
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
