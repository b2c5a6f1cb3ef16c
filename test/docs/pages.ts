import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '..', '..');

export const readRoot = (path: string): string => readFileSync(join(root, path), 'utf8');

/** A fenced block: its language, its text, and where it begins. */
export interface Block {
  readonly language: string;
  readonly text: string;
  readonly line: number;
}

/** One Markdown file that people read. */
export interface Page {
  readonly path: string;
  readonly text: string;
  readonly blocks: readonly Block[];
  /** The text without its fenced blocks. */
  readonly prose: string;
}

const fence = /^```(\w*)\n([\s\S]*?)^```$/gm;

function readPage(path: string): Page {
  const text = readRoot(path);
  const blocks = [...text.matchAll(fence)].map(({ 1: language = '', 2: body = '', index }) => ({
    language,
    text: body,
    line: text.slice(0, index).split('\n').length,
  }));
  return { path, text, blocks, prose: text.replaceAll(fence, '') };
}

const markdownBelow = (folder: string): readonly string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.md'))
    .map((path) => `${folder}/${path}`)
    .sort();

export const pages: readonly Page[] = [
  'README.md',
  'CONTRIBUTING.md',
  ...markdownBelow('docs'),
].map(readPage);

export function page(path: string): Page {
  const found = pages.find((one) => one.path === path);
  if (found === undefined) throw new Error(`${path} is gone`);
  return found;
}

/** What is written between single backticks. */
export const inlineCode = ({ prose }: Page): readonly string[] =>
  [...prose.matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);

/** Every block of a language, with the place where a reader finds it. */
export const blocksOf = (
  language: string,
): readonly { readonly place: string; readonly text: string }[] =>
  pages.flatMap(({ path, blocks }) =>
    blocks
      .filter((block) => block.language === language)
      .map(({ line, text }) => ({ place: `${path}:${line}`, text })),
  );
