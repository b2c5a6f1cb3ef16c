import { afterEach, describe, expect, it } from '@jest/globals';
import { aLauncherWorkspace, type Launched, type LauncherWorkspace } from './launcher-workspace.js';

const open: LauncherWorkspace[] = [];
const running: Launched[] = [];

function aWorkspace(): LauncherWorkspace {
  const workspace = aLauncherWorkspace();
  open.push(workspace);
  return workspace;
}

async function aRunningPlayground(): Promise<Launched> {
  const launched = aWorkspace().start(['--demo']);
  running.push(launched);
  await launched.says('playground ready');
  return launched;
}

afterEach(() => {
  running.splice(0).forEach((launched) => launched.kill('SIGKILL'));
  open.splice(0).forEach((workspace) => workspace.remove());
});

describe('npm start', () => {
  it('installs and builds once, and says so', async () => {
    const workspace = aWorkspace();
    const first = await workspace.start(['--end']).ended;
    expect(first.output).toMatch(/Installing 1 packages \(first time only.*Building….*Built in/s);
    const second = await workspace.start(['--end']).ended;
    expect(second.output).not.toContain('Installing');
  });

  it('installs again when the lock file changed', async () => {
    const workspace = aWorkspace();
    await workspace.start(['--end']).ended;
    workspace.changeLockFile();
    const { output } = await workspace.start(['--end']).ended;
    expect(output).toContain('the lock file changed');
  });

  it('stops with the next step when the install fails', async () => {
    const workspace = aWorkspace();
    const { code, output } = await workspace.start([], { NPM_FAILS: '1' }).ended;
    expect(code).toBe(1);
    expect(output).toContain('run "npm install" once');
  });

  it('names the Node it needs on one that is too old', async () => {
    const { code, output } = await aWorkspace().start([], { PRETEND_NODE: '18.20.0' }).ended;
    expect(code).toBe(1);
    expect(output).toMatch(/needs Node 20\.19 or newer; this is Node 18\.20\.0/);
  });

  it('hands its arguments to the playground and its exit code back', async () => {
    const { code, output } = await aWorkspace().start(['--end', '7']).ended;
    expect(output).toContain('playground ready --end 7');
    expect(code).toBe(7);
  });

  it('passes Ctrl-C on once, although npm repeats it, and leaves nothing running', async () => {
    const launched = await aRunningPlayground();
    launched.kill('SIGINT');
    launched.kill('SIGINT');
    const { code, output } = await launched.ended;
    expect(output.match(/playground got/g)).toHaveLength(1);
    expect(code).toBe(42);
    await launched.everythingGone();
  });

  it('leaves nothing running when it is killed outright', async () => {
    const launched = await aRunningPlayground();
    launched.kill('SIGKILL');
    await launched.everythingGone();
  });
});
