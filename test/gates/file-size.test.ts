import { describe, expect, it } from '@jest/globals';
import { filesBelow, readRoot } from './workspace.js';

const longest = 300;
const goodMedian = 80;
const statedReason = /\/\/ Longer than 300 lines because \S/;

const sources = ['apps', 'libs', 'migrations', 'sdk', 'test', 'tools']
  .flatMap(filesBelow)
  .filter((path) => /\.(ts|tsx|mjs|cjs)$/.test(path))
  .map((path) => ({ path, text: readRoot(path) }));

const linesOf = (text: string): number => text.split('\n').length - 1;

describe('source files', () => {
  it('are at most 300 lines long, unless they say why not', () => {
    const tooLong = sources.filter(
      ({ text }) => linesOf(text) > longest && !statedReason.test(text),
    );
    expect(tooLong.map(({ path }) => path)).toEqual([]);
  });

  it('are short: half of them have 80 lines or fewer', () => {
    const lines = sources.map(({ text }) => linesOf(text)).toSorted((a, b) => a - b);
    expect(lines[Math.floor(lines.length / 2)]).toBeLessThanOrEqual(goodMedian);
  });

  it('say why wherever they switch a lint rule off', () => {
    const silent = sources.flatMap(({ path, text }) =>
      text
        .split('\n')
        .filter((line) => /(ox|es)lint-disable/.test(line) && !/-disable[^\n]* -- \S/.test(line))
        .map((line) => `${path}: ${line.trim()}`),
    );
    expect(silent).toEqual([]);
  });
});
