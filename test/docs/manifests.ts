import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { blocksOf, readRoot, root } from './pages.js';
import { parsed, sections, type ShownDocument } from './sections.js';

export interface Manifest {
  /** Where a reader finds it. */
  readonly place: string;
  readonly kind: string;
  /** Its fields without `kind`, as the CLI sends them. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** Files that the pages show: a YAML block whose first line is its name, `# canary.yaml`. */
export const shownFiles: Readonly<Record<string, string>> = Object.fromEntries(
  blocksOf('yaml').flatMap(({ text }) => {
    const name = /^# ([\w-]+\.yaml)\b/.exec(text)?.[1];
    return name === undefined ? [] : [[name, text]];
  }),
);

const examples = readdirSync(join(root, 'docs/examples'))
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => `docs/examples/${name}`);

/** Every document of every YAML block and example. */
export const documents: readonly ShownDocument[] = [
  ...sections.flatMap((section) => section.documents),
  ...examples.flatMap((path) => parsed(readRoot(path), path)),
];

/** Those that are Spillway's own, and meant to be right. */
export const manifests: readonly Manifest[] = documents
  .filter(({ apiVersion, wrong }) => apiVersion === undefined && wrong === undefined)
  .map(toManifest);

export function toManifest({ place, kind, fields }: ShownDocument): Manifest {
  const { kind: _, ...body } = fields as { kind?: string };
  return { place, kind, body };
}
