import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';

const root = join(import.meta.dirname, '..', '..');
const kept = join(import.meta.dirname, 'previous');

interface PreviousBuild {
  readonly version: string;
  readonly commit: string;
  /** Names of the migrations that it has, in their order. */
  readonly migrations: readonly string[];
  /** The schema that it was made for. */
  readonly schema: string;
}

/** The version before this one, as `npm run keep:build` kept it. */
export const previous: PreviousBuild = {
  ...(JSON.parse(readFileSync(join(kept, 'build.json'), 'utf8')) as Omit<PreviousBuild, 'schema'>),
  schema: readFileSync(join(kept, 'schema.sql'), 'utf8'),
};

/**
 * The file that starts its control plane. Unpacked inside the workspace, where it finds the npm
 * packages of today: its own code is what is kept of it.
 */
export function previousControlPlane(): string {
  const folder = join(root, '.cache', 'previous');
  const file = join(folder, `control-plane-${previous.commit}.mjs`);
  if (existsSync(file)) return file;
  mkdirSync(folder, { recursive: true });
  const unfinished = `${file}.${process.pid}`;
  const code = brotliDecompressSync(readFileSync(join(kept, 'control-plane.mjs.br')));
  writeFileSync(unfinished, code);
  // Two that unpack it at once both get a whole one.
  renameSync(unfinished, file);
  return file;
}
