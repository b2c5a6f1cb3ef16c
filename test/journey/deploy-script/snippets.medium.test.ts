import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { token } from '../../control-plane/stage.js';
import { compileForNode } from './compile.js';
import { openDeployStage, type DeployStage } from './deploy-stage.js';
import { EmptyFolder, type Outcome } from './empty-folder.js';
import { installSdk, packSdk } from './packed-sdk.js';
import { snippet, snippets } from './readme.js';

const folder = new EmptyFolder();
let stage: DeployStage;
let project: string;
let wrong: readonly string[];
beforeAll(async () => {
  stage = await openDeployStage();
  const { tarball } = await packSdk(folder);
  project = await installSdk(folder, tarball);
  const files = snippets.map(({ file, text }) => [`project/${file}`, text] as const);
  folder.write(Object.fromEntries(files));
  wrong = compileForNode(project);
}, 120_000);
beforeEach(() => stage.reset());
afterAll(async () => {
  folder.remove();
  await stage.stop();
});

const run = (file: string, env: Readonly<Record<string, string>> = {}): Promise<Outcome> =>
  folder.run(process.execPath, [file.replace(/\.ts$/, '.js')], {
    cwd: project,
    env: { SPILLWAY_URL: stage.url, SPILLWAY_TOKEN: token, ...env },
  });

/** What each program of the README prints, line by line. */
const printed: Readonly<Record<string, readonly (string | RegExp)[]>> = {
  'deploy.ts': [/^progressing: /, 'catalog v2 succeeded'],
  'deploy.cjs': ['catalog v2 succeeded'],
  'half-way.ts': ['eu-west: 30 %, us-east: 30 %', 'rolledBack'],
  'errors.ts': [
    /^no such strategy; ./,
    "[ 'steps[0].setWeight' ]",
    'UNKNOWN_CLUSTER',
    'nobody answers',
  ],
  'lists.ts': ['canary-10', 'judged', '2 on the first page, and a second', /^[01] taken$/],
  'follow.ts': [/^progressing wave/, /^succeeded/, /^2 /],
  'terms.ts': ['2 clusters planned', '2 clusters'],
  'receive.ts': ['msg_1: release.succeeded', '204', '400'],
};

describe('the README of the SDK', () => {
  it('has programs that compile as strictly as can be', () => {
    expect(snippets.map(({ file }) => file)).toEqual(Object.keys(printed));
    expect(wrong).toEqual([]);
  });

  it.each(Object.entries(printed))('%s does what the page says', async (file, lines) => {
    const { code, stdout, stderr } = await run(file);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const said = stdout.split('\n');
    const missing = lines.filter(
      (line) => !said.some((one) => (typeof line === 'string' ? one === line : line.test(one))),
    );
    expect({ missing, stdout }).toEqual({ missing: [], stdout });
  });
});

describe('the deploy script', () => {
  const deploy = snippet('deploy.ts').file.replace(/\.ts$/, '.js');

  it('ends with 1 when the version is taken back', async () => {
    const bad = snippet('deploy.cjs').text.replaceAll('v2', 'v3').replace('canary-10', 'judged');
    folder.write({ 'project/bad.cjs': bad });
    expect(await run('bad.cjs')).toMatchObject({ code: 1, stdout: 'catalog v3 rolledBack\n' });
  });

  it('finds its release when it is run again with the same key', async () => {
    const before = await stage.client.releases.list().take(200);
    expect(await run(deploy)).toMatchObject({ code: 0 });
    expect(await stage.client.releases.list().take(200)).toHaveLength(before.length);
  });

  it('does not end well without a token, or where nobody answers', async () => {
    const refused = await run(deploy, { SPILLWAY_TOKEN: 'wrong' });
    expect(refused.code).not.toBe(0);
    expect(refused.stderr).toContain('Unauthenticated');
    const lost = await run(deploy, { SPILLWAY_URL: 'http://127.0.0.1:1' });
    expect(lost.code).not.toBe(0);
    expect(lost.stderr).toContain('does not answer');
  }, 30_000);
});
