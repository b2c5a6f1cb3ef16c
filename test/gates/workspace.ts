import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '..', '..');

export const readRoot = (path: string): string => readFileSync(join(root, path), 'utf8');

const notOurs = new Set([
  'node_modules',
  'dist',
  'generated',
  '.cache',
  '.nx',
  '.git',
  '.spillway',
]);

/** Every file below a folder of the workspace that people write, as a path from the root. */
export function filesBelow(folder: string): readonly string[] {
  const entries = readdirSync(join(root, folder), { withFileTypes: true });
  return entries
    .filter((entry) => !notOurs.has(entry.name))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? filesBelow(path) : [path];
    });
}

export function foldersIn(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !notOurs.has(entry.name))
    .map((entry) => join(folder, entry.name));
}

interface Manifest {
  readonly name: string;
  readonly workspaces?: readonly string[];
}

const manifest = (folder: string): Manifest =>
  JSON.parse(readRoot(join(folder, 'package.json'))) as Manifest;

export const packageName = (folder: string): string => manifest(folder).name;

/** The folders of the workspace's packages, as root package.json lists them. */
export function packageFolders(): readonly string[] {
  return (manifest('.').workspaces ?? [])
    .flatMap((pattern) =>
      pattern.endsWith('/*') ? foldersIn(pattern.slice(0, -'/*'.length)) : [pattern],
    )
    .filter((folder) => existsSync(join(root, folder, 'package.json')));
}
