import type { Io } from '../io.js';
import { readInput } from '../read-input.js';
import { UsageError } from '../usage-error.js';
import type { MeshFiles, WrittenObject } from './mesh-file.js';
import { readMeshText } from './read-mesh-text.js';

const isManifest = (path: string): boolean => /\.(?:ya?ml|json)$/.test(path);

const standardInput = 'standard input';

/**
 * Everything that files and folders hold. A file that is named is read whatever
 * it is called; of a folder, what is called *.yaml, *.yml or *.json.
 */
export async function readMeshFiles(
  io: Io,
  paths: readonly string[],
  namespace: string,
): Promise<MeshFiles> {
  const found = await Promise.all(paths.map((path) => filesOf(io, path)));
  const files = [...new Set(found.flat())].sort();
  const read = await Promise.all(
    files.map(async (path) =>
      readMeshText(await readInput(io, path), { file: nameOfFile(path), namespace }),
    ),
  );
  return {
    files: files.map(nameOfFile),
    objects: read.flatMap(({ objects }) => objects),
    faults: read.flatMap(({ faults }) => faults),
  };
}

/** How a file is called in messages. */
export const nameOfFile = (path: string): string => (path === '-' ? standardInput : path);

async function filesOf(io: Io, path: string): Promise<readonly string[]> {
  if (path === '-') return [path];
  const below = await foundBelow(io, path);
  const files = below.filter((file) => file === path || isManifest(file));
  if (files.length > 0) return files;
  throw new UsageError(
    `"${path}" has no file that ends with .yaml, .yml or .json.`,
    'Check the path.',
  );
}

async function foundBelow(io: Io, path: string): Promise<readonly string[]> {
  try {
    return await io.filesBelow(path);
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    throw new UsageError(`"${path}" cannot be read: ${reason}.`, 'Check the path.');
  }
}

/** The same for commands that cannot answer when a part is missing: a text that is no YAML stops them. */
export async function readSoundMesh(
  io: Io,
  paths: readonly string[],
  namespace: string,
): Promise<readonly WrittenObject[]> {
  const { objects, faults } = await readMeshFiles(io, paths, namespace);
  const [fault] = faults;
  if (fault === undefined) return objects;
  const { file, line, column, document, message } = fault;
  throw new UsageError(
    `${file}:${line}:${column} (document ${document}): ${message}`,
    'Correct the YAML.',
  );
}
