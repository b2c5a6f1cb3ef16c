import { execFile } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { packageFolders, packageName, root } from './workspace.js';

export interface WorkspaceCopy {
  /** Writes files that break a rule; keys are paths below the copy. */
  plant(files: Readonly<Record<string, string>>): void;
  /** Runs a program of node_modules inside the copy and answers with what it printed. */
  run(program: string, args: readonly string[]): Promise<{ code: number; output: string }>;
  remove(): void;
}

const leftOut = new Set(['node_modules', 'dist', '.cache', '.nx', '.git']);

/**
 * A copy of some folders of the workspace in which a test may break rules. npm packages are links
 * to the real ones; the packages of the workspace link to the copy, or the rules would judge the
 * originals.
 */
export function copyWorkspace(folders: readonly string[]): WorkspaceCopy {
  const copy = mkdtempSync(join(tmpdir(), 'spillway-gate-'));
  const keep = (source: string): boolean => !leftOut.has(basename(source));
  for (const folder of folders) {
    cpSync(join(root, folder), join(copy, folder), { recursive: true, filter: keep });
  }
  copyRootFiles(copy);
  linkPackages(copy, folders);
  return {
    plant: (files) => Object.entries(files).forEach(([path, text]) => write(copy, path, text)),
    run: (program, args) => runIn(copy, program, args),
    remove: () => rmSync(copy, { recursive: true, force: true }),
  };
}

function copyRootFiles(copy: string): void {
  const files = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isFile());
  for (const { name } of files) cpSync(join(root, name), join(copy, name));
}

function linkPackages(copy: string, folders: readonly string[]): void {
  const modules = join(copy, 'node_modules');
  mkdirSync(join(modules, '@spillway'), { recursive: true });
  for (const name of readdirSync(join(root, 'node_modules'))) {
    if (name === '@spillway') continue;
    symlinkSync(join(root, 'node_modules', name), join(modules, name));
  }
  const copied = packageFolders().filter((path) => folders.some((top) => path.startsWith(top)));
  for (const folder of copied) symlinkSync(join(copy, folder), join(modules, packageName(folder)));
}

function write(copy: string, path: string, text: string): void {
  mkdirSync(dirname(join(copy, path)), { recursive: true });
  writeFileSync(join(copy, path), text);
}

function runIn(
  copy: string,
  program: string,
  args: readonly string[],
): Promise<{ code: number; output: string }> {
  const file = join(root, 'node_modules', program);
  const options = {
    cwd: copy,
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, NODE_OPTIONS: '' },
  };
  return new Promise((resolve) => {
    execFile(process.execPath, [file, ...args], options, (error, stdout, stderr) => {
      const code = error === null ? 0 : Number(error.code ?? 1);
      resolve({ code, output: stdout === '' ? stderr : stdout });
    });
  });
}
