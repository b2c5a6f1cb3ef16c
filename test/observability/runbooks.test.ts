import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { alerts, root } from './observability-files.js';

const pageOf = (alert: string): string => `docs/runbooks/${alert}.md`;
const headings = ['What it means', 'How to see', 'What to do', 'What not to do'];

describe.each(alerts)('$alert', ({ alert, labels, annotations }) => {
  it('leads to its page', () => {
    expect(annotations['runbook_url']).toBe(pageOf(alert));
    expect(existsSync(join(root, pageOf(alert)))).toBe(true);
  });

  it('says how urgent it is, and what is wrong in a sentence', () => {
    expect(['critical', 'warning']).toContain(labels['severity']);
    expect(annotations['summary']).toMatch(/\w/);
    expect(annotations['description']).toMatch(/\w/);
  });

  it('has a page that says what it means and what to do, and what not', () => {
    const text = readFileSync(join(root, pageOf(alert)), 'utf8');
    expect([...text.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading)).toEqual(headings);
    expect(text).toContain(`# ${alert}`);
  });
});

it('no page is about an alert that there is not', () => {
  const pages = readdirSync(join(root, 'docs/runbooks')).filter((name) => name !== 'README.md');
  expect(pages.toSorted()).toEqual(alerts.map(({ alert }) => `${alert}.md`).toSorted());
});

it('the list of runbooks has each with its urgency', () => {
  const rows = readFileSync(join(root, 'docs/runbooks/README.md'), 'utf8').matchAll(
    /^\| \[(\w+)\]\(\1\.md\) +\| (\w+) /gm,
  );
  expect([...rows].map(([, alert, severity]) => `${alert} ${severity}`)).toEqual(
    alerts.map(({ alert, labels }) => `${alert} ${labels['severity']}`),
  );
});
