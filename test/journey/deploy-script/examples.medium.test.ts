import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { token } from '../../control-plane/stage.js';
import { bundleCli } from './bundled-cli.js';
import { openDeployStage, type DeployStage } from './deploy-stage.js';
import { EmptyFolder, root, type Outcome } from './empty-folder.js';
import { readWorkflow, valueOf } from './workflow.js';

const folder = new EmptyFolder();
let stage: DeployStage;
beforeAll(async () => {
  stage = await openDeployStage();
  await bundleCli(folder);
}, 60_000);
beforeEach(() => stage.reset());
afterAll(async () => {
  folder.remove();
  await stage.stop();
});

const credentials = () => ({ SPILLWAY_URL: stage.url, SPILLWAY_TOKEN: token });

describe('docs/examples/deploy.sh', () => {
  const deploy = (words: string, env: Readonly<Record<string, string>> = {}): Promise<Outcome> =>
    folder.run('bash', [join(root, 'docs', 'examples', 'deploy.sh'), ...words.split(' ')], {
      env: { ...credentials(), ...env },
    });

  it('exits 0 when the version has all traffic, and finds the same release by its key', async () => {
    const first = await deploy('shop/catalog v2 canary-10', { DEPLOY_KEY: 'build-1' });
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(first.stdout).toMatch(/^release [0-9a-f-]{36}: shop\/catalog v2 by canary-10\n$/);
    const second = await deploy('shop/catalog v2 canary-10', { DEPLOY_KEY: 'build-1' });
    expect(second).toEqual(first);
  });

  it('exits 1 when the version is taken back, and says why', async () => {
    const { code, stdout } = await deploy('shop/catalog v3 judged');
    expect(code).toBe(1);
    expect(stdout).toContain('shop/catalog v1 → v3: rolled back after');
    expect(stdout).toMatch(/Newest evidence\n {2}success-rate in eu-west, .*fail/);
  });

  it('exits 2 when nothing was started, with what Spillway said', async () => {
    const { code, stderr } = await deploy('shop/catalog v2 no-such-strategy');
    expect(code).toBe(2);
    expect(stderr).toContain('no-such-strategy');
  });

  it('exits 3 when nobody answers', async () => {
    const env = { SPILLWAY_URL: 'http://127.0.0.1:1' };
    expect(await deploy('shop/catalog v2 canary-10', env)).toMatchObject({ code: 3 });
  });

  it('exits 4 when the time is over, and leaves the release alone', async () => {
    const { code, stdout } = await deploy('shop/catalog v2 wait-at-30', { DEPLOY_TIMEOUT: '2s' });
    expect(code).toBe(4);
    expect(stdout).toContain('What you can do');
    const [release] = await stage.client.releases.list().take(1);
    expect(release?.final).toBe(false);
  });
});

describe('docs/examples/github-actions.yml', () => {
  const workflow = readWorkflow(join(root, 'docs', 'examples', 'github-actions.yml'));

  /** Its steps one after another, as a runner would; a step that fails skips those without an `if`. */
  async function run(version: string, isCancelled = false): Promise<Record<string, Outcome>> {
    const job = Object.values(workflow.jobs)[0];
    if (job === undefined) throw new Error('there is no job');
    const names: Record<string, string> = {
      'vars.SPILLWAY_URL': stage.url,
      'secrets.SPILLWAY_TOKEN': token,
      'inputs.version': version,
      'github.run_id': `${version}-${Date.now()}`,
    };
    const value = (text: string) => valueOf(text, names, isCancelled);
    const done: Record<string, Outcome> = {};
    for (const step of job.steps) {
      const hasFailed = Object.values(done).some(({ code }) => code !== 0);
      const isDue = step.if === undefined ? !hasFailed : value(step.if) === 'true';
      if (!isDue) continue;
      const files = {
        GITHUB_OUTPUT: folder.at('output'),
        GITHUB_STEP_SUMMARY: folder.at('summary'),
      };
      for (const file of Object.values(files)) writeFileSync(file, '');
      const texts = Object.entries({ ...job.env, ...step.env });
      const env = Object.fromEntries(texts.map(([name, text]) => [name, value(text)]));
      const args = ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step.run];
      done[step.name] = await folder.run('bash', args, { env: { CI: 'true', ...files, ...env } });
      for (const line of readFileSync(files.GITHUB_OUTPUT, 'utf8').split('\n')) {
        const [name = '', text = ''] = line.split('=');
        names[`steps.${step.id}.outputs.${name}`] = text;
      }
    }
    return done;
  }

  const codesOf = (done: Record<string, Outcome>) =>
    Object.fromEntries(Object.entries(done).map(([name, { code }]) => [name, code]));

  it('is a workflow that asks for nothing more than it needs', () => {
    expect(workflow.permissions).toEqual({});
    expect(workflow.defaults.run.shell).toBe('bash');
    for (const job of Object.values(workflow.jobs)) {
      expect(job['runs-on']).toBe('ubuntu-latest');
      // Text from outside reaches commands by the environment only.
      expect(job.steps.filter((step) => step.run.includes('${{'))).toEqual([]);
      expect(job.steps.every(({ name }) => name !== '')).toBe(true);
    }
  });

  it('releases, with what it did in the log', async () => {
    const done = await run('v2');
    expect(codesOf(done)).toEqual({
      'See that Spillway can be asked': 0,
      'Show what will be written': 0,
      Start: 0,
      'Follow to the end': 0,
      'Say why': 0,
    });
    expect(done['Show what will be written']?.stdout).toContain('Nothing was written.');
    expect(done['Follow to the end']?.stdout).toContain('Succeeded after');
    expect(Object.values(done).some(({ stdout }) => stdout.includes('\u001b['))).toBe(false);
  });

  it('starts nothing when Spillway refuses it in the plan', async () => {
    await stage.client.releases.start({
      service: 'shop/catalog',
      candidate: 'v2',
      strategy: 'wait-at-30',
    });
    const done = await run('v3');
    const [last = ''] = Object.keys(done).slice(-1);
    expect(last).toBe('Show what will be written');
    expect(done[last]).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('already releasing v2'),
    });
  });

  it('takes the traffic back when it is cancelled', async () => {
    const done = await run('v2', true);
    const abort = done['Take the traffic back when the job is cancelled'];
    // The release had ended by then: the command is understood, and refused for that.
    expect(abort?.code).toBe(1);
    expect(abort?.stderr).toContain('succeeded');
    expect(done['Say why']).toBeUndefined();
  });
});
