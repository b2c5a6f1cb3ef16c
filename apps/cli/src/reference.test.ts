import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { format } from 'prettier';
import { createProgram } from './command/program.js';
import { everyCommand, treeOf } from './command/tree.js';
import { exitCode } from './exit-code.js';
import { Runner } from './session.js';
import { FakeIo } from './testing/fake-io.js';
import { referenceOf } from './testing/reference.js';

const guide = new URL('../../../docs/guides/cli.md', import.meta.url);
const io = new FakeIo();
const tree = treeOf(createProgram(new Runner(io), io));
const generated = /<!-- commands -->[\s\S]*?<!-- end -->/;

it('docs/guides/cli.md has every command as the program has it', async () => {
  const page = readFileSync(guide, 'utf8');
  const reference = `<!-- commands -->\n\n${referenceOf(tree)}\n\n<!-- end -->`;
  const options = { parser: 'markdown', printWidth: 100, singleQuote: true };
  const due = await format(
    page.replace(generated, () => reference),
    options,
  );
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(guide, due);
  // If this fails: UPDATE_DOCS=1 npm run test:unit -- apps/cli/src/reference.test.ts
  expect(readFileSync(guide, 'utf8')).toBe(due);
});

it('docs/guides/cli.md has every exit code', () => {
  const rows = [...readFileSync(guide, 'utf8').matchAll(/^\| `(\d+)` +\|/gm)];
  expect(rows.map(([, code]) => Number(code))).toEqual(Object.values(exitCode));
});

it('every command says what it does, and shows it', () => {
  const callable = everyCommand(tree).filter(({ commands }) => commands.length === 0);
  expect(callable.length).toBeGreaterThan(40);
  const silent = callable.filter(
    ({ description, examples }) => description === '' || examples.length === 0,
  );
  expect(silent.map(({ path }) => path)).toEqual([]);
});
