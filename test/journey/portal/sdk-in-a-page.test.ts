import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { documents } from '../../control-plane/documents.js';
import { token } from '../../control-plane/stage.js';
import { EmptyFolder } from '../deploy-script/empty-folder.js';
import { openPortalStage, type PortalStage } from './portal-stage.js';
import { sdkSite } from './site.js';
import { WatchedPage } from './watched-page.js';

const service = documents.service.name;
const watched = 'shop/watched';
const folder = new EmptyFolder();
let portal: PortalStage;
let page: WatchedPage;

beforeAll(async () => {
  portal = await openPortalStage(await sdkSite(folder), [service, watched]);
}, 120_000);
afterAll(async () => {
  folder.remove();
  await portal.stop();
  expect(portal.stage.log.errors).toEqual([]);
});
beforeEach(async () => {
  page = await WatchedPage.open(portal.browser, `${portal.portal}/watch.html`);
});
afterEach(() => page.close());

/** Runs in the page, with an SDK that asks from there; `credentials` are those of the control plane. */
const inPage = (script: string): Promise<unknown> =>
  page.page.evaluate(`(async () => {
    const sdk = await import('@spillway/sdk');
    const credentials = { baseUrl: '${portal.url}', token: '${token}' };
    const spillway = new sdk.Spillway(credentials);
    ${script}
  })()`);

describe('the page of the README', () => {
  it('watches a release to its end, also when the connection is cut meanwhile', async () => {
    const { id } = await portal.spillway.releases.start({
      service: watched,
      candidate: 'v2',
      strategy: 'waiting',
    });
    await page.fill({ Spillway: portal.url, Token: token, Release: id });
    await page.press('Watch');
    await page.shows('li', /^paused: ./);
    portal.cable.interrupt();
    await portal.spillway.releases.abort(id);
    await page.shows('li:last-child', /^rolledBack: ./);
    expect(page.wrong.filter((one) => !one.includes('net::ERR_'))).toEqual([]);
  });

  it('says what Spillway says to a token that is not good', async () => {
    await page.fill({ Spillway: portal.url, Token: 'spw_wrong', Release: 'none' });
    await page.press('Watch');
    await page.shows('li', /token/);
  });
});

describe('in a browser the SDK', () => {
  it('sends what has a body and a key, and is answered the same again', async () => {
    const ids = await inPage(`
      const wanted = { service: '${service}', candidate: 'v2', strategy: 'quick' };
      const started = [];
      for (let i = 0; i < 2; i += 1) {
        started.push(await spillway.releases.start(wanted, { idempotencyKey: 'from-a-page' }));
      }
      const { phase } = await spillway.releases.waitFor(started[0].id);
      return { phase, ids: new Set(started.map(({ id }) => id)).size };
    `);
    expect(ids).toEqual({ phase: 'succeeded', ids: 1 });
    expect(page.wrong).toEqual([]);
  });

  it('reads lists, and takes a stream up again where it left it', async () => {
    const seen = await inPage(`
      const names = [];
      for await (const { name } of spillway.strategies.list({ limit: 2 })) names.push(name);
      const [{ id }] = await spillway.releases.list().take(1);
      const told = [];
      for await (const { sequence } of spillway.releases.watchEvents(id)) told.push(sequence);
      return { names: names.length, told };
    `);
    const { names, told } = seen as { names: number; told: number[] };
    expect(names).toBe(Object.keys(documents.strategies).length + 1);
    expect(told.length).toBeGreaterThan(3);
    expect(told).toEqual(told.map((_, index) => index + 1));
    expect(page.wrong).toEqual([]);
  });

  it('is told by an error what went wrong, and which request it was', async () => {
    const seen = await inPage(`
      const error = await spillway.clusters.get('atlantis').catch((error) => error);
      const { code, status, requestId } = error;
      return { isNotFound: error instanceof sdk.NotFound, code, status, requestId };
    `);
    expect(seen).toEqual({
      isNotFound: true,
      code: 'UNKNOWN_CLUSTER',
      status: 404,
      requestId: expect.any(String),
    });
  });

  it('may read the headers of an answer that say something, and send those that ask', async () => {
    const seen = await inPage(`
      const { baseUrl, token } = credentials;
      const headers = { authorization: 'Bearer ' + token };
      const url = baseUrl + '/api/v1/services/${service}';
      const found = await fetch(url, { headers });
      const names = 'etag ratelimit-limit ratelimit-remaining ratelimit-reset x-request-id';
      const hidden = names.split(' ').filter((name) => !found.headers.has(name));
      const asked = { ...headers, 'x-request-id': 'from-a-page', 'last-event-id': '1' };
      const etag = found.headers.get('etag');
      const put = await fetch(url, {
        method: 'PUT',
        headers: { ...asked, 'content-type': 'application/json', 'if-match': '"stale"' },
        body: JSON.stringify(${JSON.stringify(documents.service)}),
      });
      const same = await fetch(url, { headers: { ...asked, 'if-none-match': etag } });
      return { hidden, put: put.status, same: same.status };
    `);
    expect(seen).toEqual({ hidden: [], put: 412, same: 304 });
  });

  it('knows how long to wait when it has asked too often', async () => {
    const wait = await inPage(`
      await spillway.clusters.list();
      const wrong = spillway.with({ token: 'spw_wrong', retries: 0 });
      for (;;) {
        const error = await wrong.clusters.list().catch((error) => error);
        if (!(error instanceof sdk.Unauthenticated)) return error.retryAfterMs;
      }
    `);
    expect(wait).toBe(60_000);
  });
});
