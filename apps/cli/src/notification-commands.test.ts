import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { secretName } from '@spillway/kernel';
import { startRestApp, type RestApp } from './testing/spillway-server.js';
import { main } from './cli.js';
import { FakeIo } from './testing/fake-io.js';
import { shellOf, words } from './testing/shell.js';

let app: RestApp;
const spillway = shellOf(() => app.url);
beforeEach(async () => {
  app = await startRestApp();
  await app.workshop.uow.run((tx) => tx.secrets.put(secretName('slack-ops'), 'geheim'));
});
afterEach(() => app.close());

const files = {
  'ops.yaml': `kind: Notification
name: ops
channel:
  slack:
    url: { secret: slack-ops }
filter:
  namespaces: [shop]
  severity: warning
---
kind: Notification
name: mail
channel:
  email:
    host: mail.example.com
    from: spillway@example.com
    to: [ops@example.com, anna@example.com]
    login: { username: spillway, password: { secret: slack-ops } }
`,
};

const apply = () => spillway('notification apply -f ops.yaml', { files });

/** The terminal’s time passes, and what is queued is done, as if by a worker. */
async function inTime(line: string, work: () => Promise<void> = () => Promise.resolve()) {
  const io = new FakeIo({ env: { SPILLWAY_URL: app.url } });
  const running = main(words(line), io);
  const timer = setInterval(() => {
    void work();
    io.pass(50);
  }, 5);
  try {
    const code = await running;
    return { code, ...io.written };
  } finally {
    clearInterval(timer);
  }
}

const whileWorking = (line: string) => inTime(line, () => app.workshop.work());

describe('notification', () => {
  it('is applied from a file, alone and among other documents', async () => {
    expect(await apply()).toMatchObject({
      code: 0,
      stdout: 'document 1: Notification ops applied\ndocument 2: Notification mail applied\n',
    });
    expect((await spillway('apply -f ops.yaml', { files })).code).toBe(0);
  });

  it('is listed, got and removed, and shows no secret', async () => {
    await apply();
    const list = await spillway('notification list');
    expect(list.stdout).toMatch(/^NAME +KIND +SEVERITY +OF +AGE\nmail +email +info +everything/);
    expect(list.stdout).toMatch(/ops +slack +warning +shop\/\*/);
    const { stdout } = await spillway('notification get mail');
    expect(stdout).toMatch(/login\.password: +secret slack-ops/);
    expect(stdout).toMatch(/to: +ops@example\.com, anna@example\.com/);
    expect((await spillway('notification get ops -o json')).stdout).not.toContain('geheim');
    expect((await spillway('notification remove mail')).stdout).toBe('notification mail removed\n');
    expect(await spillway('notification remove mail')).toMatchObject({ code: 1 });
  });

  it('says whether a test arrived', async () => {
    await apply();
    expect(await whileWorking('notification test ops')).toEqual({
      code: 0,
      stdout: 'ops took the test\n',
      stderr: '',
    });
    app.workshop.notifier.behave = () => ({
      kind: 'failed',
      fault: 'endpoint',
      because: 'Slack answered 404: no_service',
      status: 404,
    });
    expect(await whileWorking('notification test ops')).toMatchObject({
      code: 1,
      stdout: 'ops did not take the test: Slack answered 404: no_service\n',
    });
  });

  it('says when nobody delivers', async () => {
    await apply();
    const { code, stdout } = await inTime('notification test ops --timeout 2s');
    expect(code).toBe(4);
    expect(stdout).toContain('is a worker running?');
  });
});

describe('delivery', () => {
  it('is listed, got and sent again', async () => {
    await apply();
    app.workshop.notifier.behave = () => ({
      kind: 'failed',
      fault: 'gone',
      because: 'Slack answered 410',
      status: 410,
    });
    await whileWorking('notification test ops');
    const dead = await spillway('delivery list --state dead -o json');
    const [{ id }] = JSON.parse(dead.stdout) as [{ id: string }];
    const { stdout } = await spillway('delivery list --state dead');
    expect(stdout).toMatch(/^ID +WITH +WHAT +STATE +AGE +BECAUSE\n/);
    expect(stdout).toMatch(/ops +example\/example test +dead +\S+ +Slack answered 410/);
    expect((await spillway(`delivery get ${id}`)).stdout).toMatch(/Attempt 1: .*410/);
    app.workshop.notifier.behave = () => ({ kind: 'sent', status: 200 });
    expect((await spillway(`delivery redeliver ${id}`)).stdout).toBe(
      `delivery ${id} queued again\n`,
    );
    await app.workshop.work();
    expect((await spillway('delivery list --state dead -o json')).stdout).toBe('[]\n');
    expect((await spillway('delivery list --endpoint ops --state delivered')).stdout).toContain(id);
  });
});
