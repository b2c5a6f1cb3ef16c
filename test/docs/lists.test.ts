import { describe, expect, it } from '@jest/globals';
import { problemKinds } from '@spillway/interface-problem';
import { canMove, phases } from '@spillway/domain-release';
import { page, readRoot } from './pages.js';

/** First cells of a table's rows, where they are code. */
const rowsOf = (text: string): readonly string[] =>
  [...text.matchAll(/^\| `([^`]+)`/gm)].map(([, cell = '']) => cell);

const section = (path: string, heading: string): string => {
  const [, after = ''] = page(path).text.split(new RegExp(`^## ${heading}$`, 'm'));
  return after.split(/^## /m)[0] ?? '';
};

/** Literals of a discriminated union, as its source has them. */
const literals = (path: string, field: string): readonly string[] => [
  ...new Set(
    [...readRoot(path).matchAll(new RegExp(`readonly ${field}: '(\\w+)'`, 'g'))].map(
      ([, literal = '']) => literal,
    ),
  ),
];

describe('lists in the pages are complete', () => {
  it('phases', () => {
    expect(rowsOf(section('docs/architecture.md', 'Phases'))).toEqual([...phases]);
  });

  it('moves from each phase', () => {
    const rows = section('docs/architecture.md', 'Phases').matchAll(
      /^\| `(\w+)` .*\| ([\w, ]+?) +\|$/gm,
    );
    const written = [...rows].map(([, from, to = '']) => [from, to]);
    const moves = phases.map((from) => {
      const next = phases.filter((to) => canMove(from, to));
      return [from, next.length === 0 ? 'final' : next.join(', ')];
    });
    const sorted = (to: string): string => to.split(', ').toSorted().join(', ');
    expect(written.map(([from, to = '']) => [from, sorted(to)])).toEqual(
      moves.map(([from, to = '']) => [from, sorted(to)]),
    );
  });

  it('events', () => {
    const events = literals('libs/domain/release/src/event.ts', 'type');
    expect(events.length).toBeGreaterThan(15);
    expect(rowsOf(section('docs/architecture.md', 'Events')).toSorted()).toEqual(events.toSorted());
  });

  it('reasons for a hold', () => {
    const reasons = literals('libs/domain/release/src/hold.ts', 'kind');
    expect(reasons.length).toBeGreaterThan(4);
    expect(
      rowsOf(section('docs/guides/operating.md', 'Held: what it means and what to do')),
    ).toEqual(reasons);
  });

  it('findings of a probe', () => {
    const port = readRoot('libs/application/src/port/cluster-link.ts');
    const [, union = ''] = /export type ProbeFinding =([\s\S]*?);\n\n/.exec(port) ?? [];
    const findings = [...union.matchAll(/kind: '(\w+)'/g)].map(([, kind = '']) => kind);
    expect(findings.length).toBeGreaterThan(4);
    expect(rowsOf(section('docs/guides/clusters.md', 'What a probe finds'))).toEqual(findings);
  });

  it('tables of the database', () => {
    const tables = [...readRoot('migrations/schema.snapshot.sql').matchAll(/^table (\w+)/gm)];
    const text = section('docs/architecture.md', 'Data');
    expect(tables.length).toBeGreaterThan(5);
    expect(tables.map(([, name]) => name).filter((name) => !text.includes(`\`${name}\``))).toEqual(
      [],
    );
  });
});

it('errors.md has every code with its status and type, and no other', () => {
  const { text } = page('docs/guides/errors.md');
  const written = [...text.matchAll(/^### ([A-Z_]+)\n\n(\d{3}) · `([^`]+)`$/gm)].map(
    ([, code, status, type]) => ({ code, status: Number(status), type }),
  );
  const kinds = problemKinds().map(({ code, status, type }) => ({ code, status, type }));
  expect(written).toEqual(kinds);
});

it('errors.md says of every code what to do', () => {
  const parts = page('docs/guides/errors.md').text.split(/^### /m).slice(1);
  const silent = parts.filter((part) => !/\n\*\*Next:\*\* \S/.test(part));
  expect(silent.map((part) => part.split('\n')[0])).toEqual([]);
});
