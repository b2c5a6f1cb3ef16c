import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './empty-folder.js';

export interface Snippet {
  /** From its first line, such as `// deploy.ts`. */
  readonly file: string;
  readonly text: string;
}

const readme = readFileSync(join(root, 'sdk', 'README.md'), 'utf8');

/** Every program of the SDK’s README, whole as it stands there. */
export const snippets: readonly Snippet[] = [
  ...readme.matchAll(/^```(?:ts|js)\n([\s\S]*?)^```$/gm),
].map(([, text = '']) => ({ file: /^\/\/ (\S+)\n/.exec(text)?.[1] ?? '', text }));

export function snippet(file: string): Snippet {
  const found = snippets.find((one) => one.file === file);
  if (found === undefined) throw new Error(`the README has no ${file}`);
  return found;
}
