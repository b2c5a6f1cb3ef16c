import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { inlineCode, page, pages, readRoot, root, type Page } from './pages.js';

/** As GitHub makes them of headings. */
const slug = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

const anchorsOf = ({ prose }: Page): readonly string[] =>
  [...prose.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => slug(heading));

function problemOf(from: Page, target: string): string | undefined {
  const [path = '', anchor] = target.split('#');
  const file = path === '' ? from.path : normalize(join(dirname(from.path), path));
  if (!existsSync(join(root, file))) return `${from.path}: ${target} is not there`;
  if (anchor === undefined || anchorsOf(page(file)).includes(anchor)) return undefined;
  return `${from.path}: ${file} has no heading for #${anchor}`;
}

/** Folders at the top: what begins with one of them and is written as code is a path. */
const top = /^(?:apps|deploy|docs|libs|migrations|sdk|test|tools)\/[\w./-]*$/;

describe('pages', () => {
  it('link to what exists', () => {
    const problems = pages.flatMap((from) =>
      [...from.prose.matchAll(/\]\(([^)\s]+)\)/g)]
        .map(([, target = '']) => target)
        .filter((target) => !/^https?:/.test(target))
        .map((target) => problemOf(from, target)),
    );
    expect(problems.length).toBeGreaterThan(20);
    expect(problems.filter((problem) => problem !== undefined)).toEqual([]);
  });

  it('name only paths that exist', () => {
    const named = pages.flatMap((one) =>
      inlineCode(one)
        .filter((code) => top.test(code))
        .map((path) => ({ page: one.path, path })),
    );
    expect(named.length).toBeGreaterThan(50);
    expect(named.filter(({ path }) => !existsSync(join(root, path)))).toEqual([]);
  });

  it('name only npm scripts that exist', () => {
    const { scripts } = JSON.parse(readRoot('package.json')) as { scripts: object };
    const named = pages.flatMap(({ text }) =>
      [...text.matchAll(/\bnpm run ([\w:]+)/g)].map(([, script = '']) => script),
    );
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((script) => !(script in scripts))).toEqual([]);
  });

  it('can all be reached from the README', () => {
    const linked = pages.flatMap(({ path, prose }) =>
      [...prose.matchAll(/\]\(([^)\s#]+)/g)].map(([, to = '']) =>
        normalize(join(dirname(path), to)),
      ),
    );
    const adrs = pages.filter(({ path }) => /^docs\/adr\/\d/.test(path));
    const lost = pages.filter(
      ({ path }) => path !== 'README.md' && !linked.includes(path) && !path.startsWith('docs/adr/'),
    );
    expect(lost.map(({ path }) => path)).toEqual([]);
    expect(adrs.length).toBeGreaterThan(10);
  });
});
