import { expect, it } from '@jest/globals';
import { blocksOf, readRoot } from './pages.js';

/** One change of one file. */
interface Change {
  readonly path: string;
  readonly lines: readonly string[];
}

const changesOf = (diff: string): readonly Change[] =>
  diff
    .split(/^--- /m)
    .slice(1)
    .map((part) => {
      const [path = '', ...lines] = part.trimEnd().split('\n');
      return { path, lines };
    });

/** What the file must hold for the change to fit: its context and what is taken away. */
const before = ({ lines }: Change): string =>
  lines
    .filter((line) => !line.startsWith('+'))
    .map((line) => line.slice(1))
    .join('\n');

/** The lines that are added must not be there already, or the guide tells of the past. */
const added = ({ lines }: Change): string =>
  lines
    .filter((line) => line.startsWith('+'))
    .map((line) => line.slice(1))
    .join('\n');

const changes = blocksOf('diff').flatMap(({ place, text }) =>
  changesOf(text).map((change) => ({ place, change, path: change.path })),
);

it('there are diffs to look at', () => expect(changes.length).toBeGreaterThan(10));

it.each(changes)('the diff in $place still fits $path', ({ change }) => {
  const file = readRoot(change.path);
  expect(before(change)).not.toBe('');
  expect(file).toContain(before(change));
  expect(file).not.toContain(added(change));
});
