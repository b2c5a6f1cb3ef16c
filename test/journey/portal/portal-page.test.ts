import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { openPortalStage, type PortalStage } from './portal-stage.js';
import { portalSite } from './site.js';
import { WatchedPage } from './watched-page.js';

const services = ['shop/catalog', 'shop/approved', 'shop/aborted', 'shop/cut', 'shop/lost'];
const folder = portalSite();
let portal: PortalStage;
let anna: string;
let page: WatchedPage;

beforeAll(async () => {
  portal = await openPortalStage(folder.path, services);
  const grants = [{ role: 'viewer' as const }, { role: 'approver' as const }];
  ({ text: anna } = await portal.spillway.tokens.create({ name: 'anna', grants }));
}, 60_000);
afterAll(async () => {
  folder.remove();
  await portal.stop();
  expect(portal.stage.log.errors).toEqual([]);
});
beforeEach(async () => {
  page = await WatchedPage.open(portal.browser, `${portal.portal}/index.html`);
});
afterEach(() => page.close());

async function signIn(token = anna): Promise<void> {
  await page.fill({ Spillway: portal.url, Token: token });
  await page.press('Sign in');
}

const start = (service: string, strategy: string) =>
  portal.spillway.releases.start({ service, candidate: 'v2', strategy });

/** Opens the service and its newest release. */
async function look(service: string): Promise<void> {
  const change = 'v1 → v2';
  await page.press(service, '#live');
  await page.shows('#service li', change);
  await page.page.locator('#service ol button').first().click();
  await page.shows('#release h2', change);
}

describe('the page of the guide', () => {
  it('shows what is live where, and who one is', async () => {
    await signIn();
    await page.shows('#actor', 'anna');
    await page.shows('#live li', 'shop/catalog eu-west: v1 100 %; us-east: v1 100 %');
    await page.shows('#line', 'live');
    expect(page.wrong).toEqual([]);
  });

  it('shows a release that waits for me, takes my yes, and shows what comes of it', async () => {
    await signIn();
    await page.shows('#actor', 'anna');
    const { id } = await start('shop/approved', 'approved');
    await page.shows('#waiting', 'shop/approved v1 → v2, go, of operator');
    await look('shop/approved');
    await page.shows('#release p', /^awaitingApproval: ./);
    await page.press('Approve');
    await page.shows('#release', 'go: approved by anna');
    await page.shows('#release p', /^paused: ./);
    await page.shows('#release li', 'us-east: 30 %');
    await page.shows('#service li', 'eu-west: v1 70 %, v2 30 %');
    await page.page.locator('#waiting li').waitFor({ state: 'detached' });
    await portal.spillway.releases.resume(id);
    await page.shows('#release p', /^succeeded: ./);
    await page.shows('#live li', 'shop/approved eu-west: v2 100 %; us-east: v2 100 %');
    await page.shows('#service li', /^v1 → v2 succeeded: ./);
    expect(page.wrong).toEqual([]);
  });

  it('shows that a release is aborted by somebody else', async () => {
    await signIn();
    await page.shows('#actor', 'anna');
    const { id } = await start('shop/aborted', 'waiting');
    await look('shop/aborted');
    await page.shows('#release p', /^paused: ./);
    await page.shows('#live li', 'us-east: v1 70 %, v2 30 %');
    await portal.spillway.releases.abort(id);
    await page.shows('#release p', /^rolledBack: ./);
    await page.shows('#live li', 'shop/aborted eu-west: v1 100 %; us-east: v1 100 %');
    expect(page.wrong).toEqual([]);
  });

  it('goes on where it was when its connections are cut', async () => {
    await signIn();
    await page.shows('#actor', 'anna');
    const { id } = await start('shop/cut', 'waiting');
    await look('shop/cut');
    await page.shows('#release p', /^paused: ./);
    await page.page.evaluate(noteLine);
    portal.cable.interrupt();
    await portal.spillway.releases.abort(id);
    await page.shows('#release p', /^rolledBack: ./);
    await page.shows('#service li', /^v1 → v2 rolledBack: ./);
    expect(await page.page.evaluate('said')).toEqual(['connecting again', 'live']);
    expect(page.wrong.filter((one) => !/ERR_|WebSocket connection/.test(one))).toEqual([]);
  });

  it('says when a token is not good, and shows nothing more to who lost theirs', async () => {
    await signIn('spw_wrong');
    await page.shows('[role=alert]', /token/);
    const lost = { name: 'lost', grants: [{ role: 'viewer' as const }] };
    const { text } = await portal.spillway.tokens.create(lost);
    await signIn(text);
    await page.shows('#actor', 'lost');
    await portal.spillway.tokens.revoke('lost');
    await start('shop/lost', 'quick');
    await page.shows('[role=alert]', 'The token is no longer good.');
    expect(await page.page.locator('main').isVisible()).toBe(false);
  });
});

/** In the page: keeps what the line says from now on. */
const noteLine = `
  globalThis.said = [];
  const line = document.querySelector('#line');
  new MutationObserver(() => said.push(line.textContent)).observe(line, { childList: true });
`;

describe('a page of another origin', () => {
  it('is shown nothing, whatever token it has', async () => {
    const stranger = await WatchedPage.open(portal.browser, `${portal.stranger}/index.html`);
    await stranger.fill({ Spillway: portal.url, Token: anna });
    await stranger.press('Sign in');
    await stranger.shows('[role=alert]', 'Spillway did not answer this page.');
    expect(await stranger.page.locator('main').isVisible()).toBe(false);
    expect(stranger.wrong.join()).toContain('blocked by CORS policy');
    await stranger.close();
  });

  it('opens no socket', async () => {
    const stranger = await WatchedPage.open(portal.browser, `${portal.stranger}/index.html`);
    const url = `${portal.url.replace('http', 'ws')}/graphql`;
    const opened = (at: WatchedPage) =>
      at.page.evaluate(`new Promise((resolve) => {
      const socket = new WebSocket('${url}', 'graphql-transport-ws');
      socket.onopen = () => resolve('opened');
      socket.onerror = () => resolve('refused');
    })`);
    expect([await opened(page), await opened(stranger)]).toEqual(['opened', 'refused']);
    await stranger.close();
  });
});
