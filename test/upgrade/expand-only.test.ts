import { describe, expect, it } from '@jest/globals';
import { migrations } from '@spillway/migrations';
import { filesBelow, readRoot } from '../gates/workspace.js';
import { breachesOf } from './breaches.js';
import { previous } from './previous-build.js';

const reviewed = readRoot('migrations/schema.snapshot.sql');
const names = migrations.map(({ name }) => name);

/** The doc block of each migration that the kept build does not have. */
const headers = new Map(
  names
    .filter((name) => !previous.migrations.includes(name))
    .map((name) => {
      const text = filesBelow('migrations/src')
        .map(readRoot)
        .find((one) => one.includes(`export class ${name} `));
      const [before = ''] = (text ?? '').split(`export class ${name} `);
      return [name, before.slice(before.lastIndexOf('/**'))] as const;
    }),
);

describe('the migrations since the previous version', () => {
  it('come after those that it has, of which none is gone', () => {
    expect(names.slice(0, previous.migrations.length)).toEqual(previous.migrations);
  });

  it('say in their header whether they break anything, and which phase they are', () => {
    const silent = [...headers].filter(
      ([, header]) => !/breaking: (?:no|yes) · phase: (?:expand|contract)/.test(header),
    );
    expect(silent.map(([name]) => name)).toEqual([]);
  });

  it('take nothing away that it uses, unless one says so as a contract step', () => {
    const declared = [...headers.values()].filter((text) => text.includes('phase: contract'));
    const breaches = breachesOf(previous.schema, reviewed).filter(
      (breach) => !declared.some((text) => text.includes(breach)),
    );
    expect(breaches).toEqual([]);
  });
});

describe('what would stop the previous version', () => {
  const before = `table events
  id uuid not null
  type text not null
  constraint events_pkey PRIMARY KEY (id)
  CREATE INDEX events_type_idx ON public.events USING btree (type)

table steps
  id uuid not null
`;
  const with_ = (from: string, to: string): string => before.replace(from, to);

  it.each([
    ['drops table steps', with_('table steps\n  id uuid not null\n', '')],
    ['drops column events.type', with_('  type text not null\n', '')],
    [
      'changes column events.type',
      with_('type text not null', 'type character varying(9) not null'),
    ],
    ['changes column events.type', with_('type text not null', 'type text')],
    ['requires events.at', with_('  constraint', '  at date not null\n  constraint')],
    [
      'adds rule events.at_check',
      with_('  CREATE', '  constraint at_check CHECK (true)\n  CREATE'),
    ],
    ['changes rule events.events_pkey', with_('KEY (id)', 'KEY (id, type)')],
    ['drops rule events.events_pkey', with_('  constraint events_pkey PRIMARY KEY (id)\n', '')],
  ])('is found: it %s', (breach, after) => {
    expect(breachesOf(before, after)).toEqual([breach]);
  });

  it('is a rename, which takes away the old name', () => {
    expect(breachesOf(before, with_('type text', 'kind text'))).toEqual([
      'drops column events.type',
      'requires events.kind',
    ]);
  });

  it.each([
    ['a table', `${before}\ntable hooks\n  id uuid not null\n`],
    ['a column that may be empty', with_('  constraint', '  at date\n  constraint')],
    [
      'a column with a default',
      with_('  constraint', '  at date not null default now()\n  constraint'),
    ],
    [
      'an index, or its end',
      with_('events_type_idx ON public.events USING btree (type)', 'x ON y'),
    ],
  ])('is not %s', (_, after) => {
    expect(breachesOf(before, after)).toEqual([]);
  });
});
