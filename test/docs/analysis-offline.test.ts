import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { boundaryFunctions, judges } from '@spillway/interface-contract';
import { OfflineShell } from './offline-shell.js';
import { page, readRoot, root } from './pages.js';

const guide = 'docs/guides/analysis-offline.md';
const blocks = (language: string): readonly string[] =>
  page(guide)
    .blocks.filter((block) => block.language === language)
    .map(({ text }) => text);
const [cases = ''] = blocks('json');
const [windows = ''] = blocks('csv');
const example = 'docs/examples/analysis-cases.json';

let shell: OfflineShell;
beforeEach(async () => {
  shell = new OfflineShell();
  shell.write({
    'cases.json': cases,
    'errors.csv': windows,
    [example]: readRoot(example),
  });
  await shell.open();
});
afterEach(() => shell.close());

const lines = blocks('sh')
  .map((text) => text.trim())
  .filter((line) => !line.includes('--release'));

describe('commands of the guide', () => {
  it('are shown', () => expect(lines).toHaveLength(3));

  it.each(lines)('%s judges', async (line) => {
    expect(await shell.run(line)).toMatchObject({ code: 0 });
  });
});

describe('what the guide shows of their output', () => {
  /** `UPDATE_DOCS=1` writes the blocks anew. */
  it.each([
    ['evaluate', lines[0] ?? '', 0],
    ['replay', lines[2] ?? '', 1],
  ])('is what %s prints', async (_, line, index) => {
    const { output } = await shell.run(line);
    if (process.env['UPDATE_DOCS'] === '1') write(index, output);
    else expect(blocks('')[index]).toBe(output);
  });
});

function write(index: number, output: string): void {
  const path = join(root, guide);
  let count = -1;
  const text = readFileSync(path, 'utf8').replaceAll(
    /^```(\w*)\n[\s\S]*?^```$/gm,
    (block, language) => {
      if (language !== '') return block;
      count += 1;
      return count === index ? `\`\`\`\n${output}\`\`\`` : block;
    },
  );
  writeFileSync(path, text);
}

const rowsAfter = (heading: string): readonly string[] => {
  const [, after = ''] = page(guide).text.split(heading);
  return [
    ...(after.split('\n\n').find((part) => part.startsWith('|')) ?? '').matchAll(/^\| `(\w+)`/gm),
  ].map(([, name = '']) => name);
};

describe('lists of the guide', () => {
  it('have every judge', () => {
    expect(rowsAfter('## Cases').toSorted()).toEqual(Object.keys(judges).toSorted());
  });

  it('of the command have every function', async () => {
    const { output } = await shell.run('spillway analysis judges');
    const missing = Object.keys(boundaryFunctions).filter((name) => !output.includes(`\n${name} `));
    expect(missing).toEqual([]);
  });
});
