import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { boundaryCanaries, boundaryProps, type Canary } from './boundary-canaries.js';
import { lintCanaries, lintProps } from './lint-canaries.js';
import { copyWorkspace, type WorkspaceCopy } from './workspace-copy.js';
import { readRoot, root } from './workspace.js';

/** A rule that silently stopped working looks like a clean workspace; so every rule is broken once. */
interface Finding {
  readonly rule: string;
  readonly file: string;
}

/** These see other packages through their builds, which a copy lacks; so some types are unknown. */
const isForTests = ({ file }: Finding): boolean => /\.test\.ts$|\/testing\//.test(file);

const isPlanted = ({ file }: Finding): boolean => file.includes('planted');
const textsOf = (canaries: readonly Canary[]): Record<string, string> =>
  Object.fromEntries(canaries.map(({ file, text }) => [file, text]));

const copies: WorkspaceCopy[] = [];
function aCopy(folders: readonly string[]): WorkspaceCopy {
  const copy = copyWorkspace(folders);
  copies.push(copy);
  return copy;
}
afterEach(() => copies.splice(0).forEach((copy) => copy.remove()));

const slow = 60_000;

describe('boundaries', () => {
  const asJson = ['--config', '.dependency-cruiser.cjs', '--output-type', 'json'];
  let found: readonly Finding[] = [];

  beforeAll(async () => {
    const folders = ['apps', 'libs', 'migrations', 'sdk', 'test', 'tools'];
    const copy = aCopy(folders);
    copy.plant({ ...textsOf(boundaryCanaries), ...boundaryProps });
    const { output } = await copy.run(
      'dependency-cruiser/bin/dependency-cruise.mjs',
      asJson.concat(folders),
    );
    const report = JSON.parse(output) as {
      summary: { violations: { from: string; rule: { name: string } }[] };
    };
    found = report.summary.violations.map(({ from, rule }) => ({ rule: rule.name, file: from }));
  }, slow);

  it.each(boundaryCanaries)('$rule stops $file', ({ rule, file }) => {
    expect(found).toContainEqual({ rule, file });
  });

  it('has a canary for every rule', () => {
    const config = createRequire(import.meta.url)(join(root, '.dependency-cruiser.cjs')) as {
      forbidden: { name: string }[];
    };
    const rules = config.forbidden.map(({ name }) => name);
    expect(new Set(boundaryCanaries.map(({ rule }) => rule))).toEqual(new Set(rules));
  });

  it('finds nothing in what was not planted', () => {
    expect(found.filter((finding) => !isPlanted(finding))).toEqual([]);
  });
});

describe('lint', () => {
  let found: readonly Finding[] = [];

  beforeAll(async () => {
    const copy = aCopy(['libs', 'migrations', 'tools']);
    copy.plant({ ...textsOf(lintCanaries), ...lintProps });
    const { output } = await copy.run('oxlint/bin/oxlint', ['--type-aware', '--format=json']);
    const report = JSON.parse(output) as { diagnostics: { code: string; filename: string }[] };
    found = report.diagnostics.map(({ code, filename }) => ({ rule: code, file: filename }));
  }, slow);

  it.each(lintCanaries)('$rule stops $file', ({ rule, file }) => {
    expect(found).toContainEqual({ rule, file });
  });

  it('has a canary for every rule that the workspace turned on by name', () => {
    const { rules } = JSON.parse(readRoot('.oxlintrc.json')) as { rules: Record<string, unknown> };
    const on = Object.keys(rules).filter((name) => rules[name] !== 'off');
    const spelled = on.map((name) =>
      name.replace(/^(?:(\w+)\/)?(.+)$/, (_, p, r) => `${p ?? 'eslint'}(${r})`),
    );
    expect(lintCanaries.map(({ rule }) => rule)).toEqual(expect.arrayContaining(spelled));
  });

  it('lets a Date be made from a number, and finds nothing in what was not planted', () => {
    expect(found.map(({ file }) => file)).not.toContain('libs/application/src/planted/allowed.ts');
    const others = found.filter((finding) => !isPlanted(finding) && !isForTests(finding));
    expect(others).toEqual([]);
  });
});

describe('compiler walls of the core', () => {
  const walls = {
    'a Node builtin':
      "import { readFileSync } from 'node:fs';\nexport const planted = readFileSync;",
    process: 'export const planted: unknown = process.env;',
    timers: 'export const planted: unknown = setTimeout;',
    fetch: 'export const planted: unknown = fetch;',
    console: 'export const planted: unknown = console;',
    crypto: 'export const planted: unknown = crypto;',
  };
  const fileOf = (wall: string): string => `planted-${wall.replaceAll(' ', '-')}.ts`;
  const packages = [
    'libs/kernel',
    ...['topology', 'analysis', 'istio', 'release'].map((n) => `libs/domain/${n}`),
  ];

  it.each(packages)(
    '%s does not compile with any of them',
    async (folder) => {
      const copy = aCopy(['libs/kernel', 'libs/domain']);
      const compile = () => copy.run('typescript/bin/tsc', ['-b', folder, '--pretty', 'false']);
      expect(await compile()).toEqual({ code: 0, output: '' });
      const files = Object.entries(walls).map(([wall, text]) => [
        `${folder}/src/${fileOf(wall)}`,
        text,
      ]);
      copy.plant(Object.fromEntries(files) as Record<string, string>);
      const { output } = await compile();
      const stopped = Object.keys(walls).filter((wall) => output.includes(fileOf(wall)));
      expect(stopped).toEqual(Object.keys(walls));
    },
    slow,
  );
});
