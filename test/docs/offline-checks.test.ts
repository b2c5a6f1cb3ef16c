import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { shownFiles } from './manifests.js';
import { OfflineShell } from './offline-shell.js';
import { blocksOf, inlineCode, page, pages, readRoot, root } from './pages.js';

const guide = 'docs/guides/offline-checks.md';
const of = (language: string): readonly string[] =>
  page(guide)
    .blocks.filter((block) => block.language === language)
    .map(({ text }) => text);
const script = (start: string): string => of('sh').find((text) => text.includes(start)) ?? '';
const [request = ''] = of('json');
const routes = shownFiles['routes.yaml'] ?? '';
const mistyped = routes.replace(/subset: v2 }\n {10}weight/, 'subset: v3 }\n          weight');

let shell: OfflineShell;
beforeEach(async () => {
  shell = new OfflineShell();
  shell.write({
    ...shownFiles,
    'request.json': request,
    'deploy/routes.yaml': routes,
    'deploy/requests.json': `[${request}]`,
  });
  await shell.open();
});
afterEach(() => shell.close());

const isOffline = /^spillway (?:lint|render|route explain) -/;
const commands = [
  ...blocksOf('sh').flatMap(({ place, text }) =>
    text.split('\n').map((line) => ({ place, line: line.trim() })),
  ),
  ...pages.flatMap((one) => inlineCode(one).map((line) => ({ place: one.path, line }))),
].filter(({ line }) => isOffline.test(line) && !line.includes(' > '));

describe('commands of the pages that need no server', () => {
  it('are shown', () => expect(commands.length).toBeGreaterThan(4));

  it.each(commands)('$line ($place) finds nothing wrong', async ({ line }) => {
    expect(await shell.run(line)).toMatchObject({ code: 0 });
  });
});

describe('what the guide shows of their output', () => {
  /** `UPDATE_DOCS=1` writes the blocks anew. */
  it.each([
    ['lint', 'spillway lint -f deploy --severity error', 0],
    ['route explain', 'spillway route explain -f routes.yaml --request @request.json', 1],
  ])('is what %s prints', async (_, line, index) => {
    shell.write({ 'deploy/routes.yaml': mistyped });
    const { output } = await shell.run(line);
    const shown = page(guide).blocks.filter(({ language }) => language === '')[index];
    if (process.env['UPDATE_DOCS'] === '1') {
      const text = readRoot(guide);
      writeFileSync(join(root, guide), text.replace(shown?.text ?? '', output));
    } else expect(shown?.text).toBe(output);
  });
});

describe('the pre-commit hook', () => {
  const git =
    'git -c init.defaultBranch=main -c user.name=ana -c user.email=ana@example.com -c core.hooksPath=hooks';
  const commit = (): Promise<{ code: number; output: string }> =>
    shell.run(`${git} add deploy && ${git} commit -m change`);

  beforeEach(async () => {
    shell.write({ 'hooks/pre-commit': script('pre-commit') });
    expect(await shell.run(`${git} init`)).toMatchObject({ code: 0 });
  });

  it('lets pass what is right', async () => {
    expect(await commit()).toMatchObject({ code: 0 });
  });

  it('stops what is wrong, and names the place', async () => {
    shell.write({ 'deploy/routes.yaml': mistyped });
    const { code, output } = await commit();
    expect(code).toBe(1);
    expect(output).toContain('deploy/routes.yaml:17:41  error  SUBSET_NOT_FOUND');
    expect(await shell.run(`${git} log`)).not.toMatchObject({ code: 0 });
  });

  it('does not look at what is not committed', async () => {
    await shell.run(`${git} add deploy`);
    shell.write({ 'deploy/routes.yaml': mistyped });
    expect(await shell.run(`${git} commit -m change`)).toMatchObject({ code: 0 });
  });
});

describe('the pipeline', () => {
  beforeEach(async () => {
    shell.write({ 'mesh-checks.sh': script('mesh-checks.sh') });
    const { output } = await shell.run(
      'spillway route explain -f deploy --request @deploy/requests.json',
    );
    shell.write({ 'deploy/answers.txt': output });
  });

  it('passes while everybody gets what they got', async () => {
    expect(await shell.run('./mesh-checks.sh')).toEqual({ code: 0, output: '' });
  });

  it('fails when somebody gets something else, and shows who', async () => {
    shell.write({ 'deploy/routes.yaml': routes.replace('90', '80').replace('10\n', '20\n') });
    const { code, output } = await shell.run('./mesh-checks.sh');
    expect(code).toBe(1);
    expect(output).toContain('-  90 % → catalog.shop.svc.cluster.local subset v1 port 8080');
    expect(output).toContain('+  80 % → catalog.shop.svc.cluster.local subset v1 port 8080');
  });

  it('fails when lint finds an error', async () => {
    shell.write({ 'deploy/routes.yaml': mistyped });
    expect(await shell.run('./mesh-checks.sh')).toEqual({ code: 1, output: '' });
  });
});
