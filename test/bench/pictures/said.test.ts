import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { judgeCase } from '@spillway/interface-contract';
import { format } from 'prettier';
import { brokenConditions } from './conditions.js';
import { forecasts, sentences } from './said.js';

const guides = join(import.meta.dirname, '..', '..', '..', 'docs', 'guides');
const fileOf = (guide: string): string => join(guides, `${guide}.md`);
const textOf = (guide: string): string => readFileSync(fileOf(guide), 'utf8');

const guide = 'how-spillway-decides';
const statistics = 'how-spillway-decides-statistics';

/** What a guide quotes, each quotation in one line. */
const quoted = (text: string): readonly string[] =>
  [...text.matchAll(/(?:^>.*\n)+/gm)].map(([lines]) => lines.replaceAll(/\s*\n?> /g, ' ').trim());

it('the guide explains what is said, word for word', () =>
  expect(quoted(textOf(guide))).toEqual(sentences()));

it('the case of the guide can be judged', () => {
  const [, json = ''] = /```json\n([\s\S]*?)```/.exec(textOf(guide)) ?? [];
  const judged = (JSON.parse(json) as unknown[]).map(judgeCase);
  expect(judged).toMatchObject([{ ok: true, value: { judge: 'errorCount', verdict: 'fail' } }]);
});

/** `UPDATE_PICTURES=1 npm run test:unit -- test/bench/pictures` writes it anew. */
async function expectTable(
  [of, mark]: readonly [of: string, mark: string],
  head: string,
  rows: readonly (readonly string[])[],
): Promise<void> {
  const rule = head.replaceAll(/[^|]+/g, ' - ');
  const lines = [head, rule, ...rows.map((row) => `| ${row.join(' | ')} |`)];
  const table = await format(lines.join('\n'), { parser: 'markdown' });
  const between = new RegExp(`(<!-- ${mark} -->\n\n)[\\s\\S]*?(\n<!-- end -->)`);
  const text = textOf(of);
  expect(text).toMatch(between);
  const wanted = text.replace(
    between,
    (_, before: string, after: string) => before + table + after,
  );
  if (process.env['UPDATE_PICTURES'] === '1') writeFileSync(fileOf(of), wanted);
  else expect(text).toBe(wanted);
}

it('the guide says how long harm takes to be found', () =>
  expectTable(
    [guide, 'forecasts'],
    '| weight | found in half of all cases | in 90 % |',
    forecasts(),
  ));

it(
  'the guide says what breaks the test, and by how much',
  () =>
    expectTable(
      [statistics, 'conditions'],
      '| condition | by sums alone | in a release |',
      brokenConditions(),
    ),
  60_000,
);
