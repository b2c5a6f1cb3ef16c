import {
  aDeployment,
  furnishWebhook,
  scriptedDelivery,
  senderOf,
  github,
} from '@spillway/interface-rest/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startRestApp, type RestApp } from './testing/spillway-server.js';
import { shellOf } from './testing/shell.js';

let app: RestApp;
const spillway = shellOf(() => app.url);
beforeEach(async () => {
  app = await startRestApp();
  await app.workshop.furnish();
  await furnishWebhook(app.workshop);
});
afterEach(() => app.close());

const files = {
  'ci.yaml': `kind: Rule
name: catalog
match: { webhook: ci, branches: [main] }
release: { service: shop/catalog, version: '{{ image.tag }}', strategy: canary-10 }
---
kind: Webhook
name: ci
provider: generic
secrets: [{ secret: next }, { secret: current }]
mapping: { image: /artifact }
`,
  'rule.yaml': `name: draft
match: { webhook: github, branches: [main] }
release: { service: shop/catalog, version: '{{ image.tag }}', strategy: canary-10 }
`,
  'two.yaml': 'name: a\n---\nname: b\n',
  'payload.json': JSON.stringify(aDeployment()),
  'wrong.json': '{',
};

describe('webhooks and rules', () => {
  it('are applied from one file, webhooks first', async () => {
    expect(await spillway('apply -f ci.yaml', { files })).toEqual({
      code: 0,
      stdout: 'document 2: Webhook ci applied\ndocument 1: Rule catalog applied\n',
      stderr: '',
    });
    expect((await spillway('rule apply -f rule.yaml', { files })).code).toBe(0);
    expect((await spillway('webhook apply -f ci.yaml', { files })).code).toBe(2);
  });

  it('are listed, got and removed', async () => {
    await spillway('apply -f ci.yaml', { files });
    const listed = (await spillway('webhook list')).stdout;
    expect(listed).toMatch(/^ci +generic +\/hooks\/ci +next, current +\S+$/m);
    expect((await spillway('webhook get ci')).stdout).toMatch(/^mapping\.image: +\/artifact$/m);
    expect((await spillway('rule list')).stdout).toMatch(/^catalog +100 +ci +shop\/catalog /m);
    expect((await spillway('rule get catalog')).stdout).toMatch(/^match\.branches: +main$/m);
    const inUse = await spillway('webhook remove ci');
    expect(inUse).toMatchObject({ code: 1, stderr: expect.stringContaining('rule "catalog"') });
    expect((await spillway('rule remove catalog')).stdout).toBe('rule catalog removed\n');
    expect((await spillway('webhook remove ci')).stdout).toBe('webhook ci removed\n');
  });
});

describe('rule test', () => {
  const test = 'rule test --webhook github --event deployment_status --payload';

  it('says what would come of a payload, with a rule that is not applied yet', async () => {
    const none = await spillway(`${test} payload.json`, { files });
    expect(none.stdout).toContain('no: no rule listens to the webhook');
    const { code, stdout } = await spillway(`${test} - -f rule.yaml`, {
      files,
      stdin: files['payload.json'],
    });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^delivery\.branch: +main$/m);
    expect(stdout).toMatch(/^release\.candidate: +v2$/m);
    expect(stdout).toMatch(/^Releases: +yes$/m);
    expect((await spillway('rule list -o json')).stdout.trim()).toBe('[]');
  });

  it.each([
    [`${test} wrong.json`, '"wrong.json" is not JSON'],
    [`${test} none.json`, 'cannot be read'],
    [`${test} payload.json -f two.yaml`, '"two.yaml" has 2 rules'],
  ])('sends nothing with "%s"', async (line, message) => {
    const { code, stderr } = await spillway(line, { files });
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });

  it('tries a delivery that came, which is listed with what came of it', async () => {
    const sent = { webhook: github, delivery: scriptedDelivery(aDeployment(), 'current') };
    const received = await app.workshop.useCases.receiveDelivery(sent, senderOf(github));
    if (!received.ok) throw new Error(received.error.message);
    const { id } = received.value;
    await app.workshop.work();
    const tried = await spillway(`rule test --delivery ${id} -f rule.yaml`, { files });
    expect(tried.stdout).toMatch(/^Rule: +draft$/m);
    const listed = await spillway('delivery list --direction in --webhook github');
    expect(listed.stdout).toMatch(new RegExp(`^${id} +github +deployment_status +unmatched`, 'm'));
    await spillway('rule apply -f rule.yaml', { files });
    expect((await spillway(`delivery redeliver ${id}`)).code).toBe(0);
    await app.workshop.work();
    const got = await spillway(`delivery get ${id}`);
    expect(got.stdout).toMatch(/^State: +released$/m);
    expect(got.stdout).toMatch(/^Rule: +draft$/m);
  });
});
