import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { duration, instant } from '@spillway/kernel';
import {
  holds,
  json,
  line,
  ScriptedApiServer,
  type Exchange,
} from '../testing/scripted-api-server.js';
import type { ApiObject } from './api-object.js';
import { ApiSession } from './api-session.js';
import { serverOfKubeconfig } from './kubeconfig.js';
import { Reflector } from './reflector.js';

const item = (name: string, resourceVersion: string): ApiObject => ({
  metadata: { name, resourceVersion },
});
const list = (resourceVersion: string, ...names: readonly string[]): object => ({
  metadata: { resourceVersion },
  items: names.map((name) => item(name, resourceVersion)),
});

describe('a reflector', () => {
  let told: string[];
  let begin: () => void;
  let running: Promise<void>;
  let stop: () => Promise<void>;
  let server: ScriptedApiServer;
  let reflector: Reflector;
  let lists: Exchange[];
  let watches: Exchange[];
  /** Jumps a second at each look, so that no watch seems to end at once. */
  let now: number;
  let tick: number;
  /** How much of a wait it adds; far beyond one no wait ends by itself. */
  let chance: number;
  let isGone: boolean;
  /** What a server that is gone was asked. */
  let missed: string[];
  let answerList: (exchange: Exchange, nth: number) => void;
  let answerWatch: (exchange: Exchange, nth: number) => void;

  beforeEach(async () => {
    [told, lists, watches, now, tick, chance, isGone] = [[], [], [], 0, 1_000, 0, false];
    missed = [];
    answerList = ({ response }) => json(response, list('10', 'a'));
    answerWatch = ({ response }) => line(response, 'BOOKMARK', item('', '11'));
    server = new ScriptedApiServer((exchange) => {
      if (isGone) {
        missed.push(exchange.url.pathname);
        return void exchange.response.destroy();
      }
      if (exchange.url.pathname === '/readyz') return void exchange.response.end('ok');
      const isWatch = exchange.url.searchParams.has('watch');
      const all = isWatch ? watches : lists;
      all.push(exchange);
      (isWatch ? answerWatch : answerList)(exchange, all.length);
    });
    const loaded = serverOfKubeconfig(await server.start());
    if (!loaded.ok) throw new Error(loaded.error);
    const session = new ApiSession(loaded.value, duration(1_000));
    reflector = new Reflector(
      session,
      { path: '/things', labelSelector: 'kind=x' },
      {
        replace: (items, version) =>
          told.push(`all ${version}: ${items.map(({ metadata }) => metadata.name).join()}`),
        put: ({ metadata }) => told.push(`put ${metadata.name}`),
        remove: ({ metadata }) => told.push(`remove ${metadata.name}`),
        advance: (version) => told.push(`at ${version}`),
        failed: (reason) => told.push(`failed: ${reason}`),
      },
      { now: () => instant((now += tick)) },
      () => chance,
    );
    begin = () => void (running = reflector.run());
    stop = async () => {
      reflector.stop();
      await session.close();
      await server.stop();
      await running;
    };
  });
  afterEach(() => stop());

  it('lists page by page, then watches from where the list was', async () => {
    answerList = ({ response }, nth) =>
      json(response, {
        metadata: { resourceVersion: '10', ...(nth === 1 && { continue: 'more' }) },
        items: [item(`page-${nth}`, '10')],
      });
    answerWatch = ({ response }) => {
      line(response, 'ADDED', item('b', '11'));
      line(response, 'DELETED', item('b', '12'));
    };
    begin();
    await holds(() => told.includes('at 12'));
    expect(told).toEqual(['all 10: page-1,page-2', 'put b', 'at 11', 'remove b', 'at 12']);
    expect(lists[1]?.url.searchParams.get('continue')).toBe('more');
    expect(Object.fromEntries(watches[0]?.url.searchParams ?? [])).toEqual({
      watch: 'true',
      allowWatchBookmarks: 'true',
      labelSelector: 'kind=x',
      resourceVersion: '10',
      timeoutSeconds: '1800',
    });
  });

  it('puts together an event that comes in pieces', async () => {
    answerWatch = ({ response }) => {
      const text = Buffer.from(`${JSON.stringify({ type: 'ADDED', object: item('ü', '11') })}\n`);
      const middle = text.indexOf('ü') + 1;
      response.writeHead(200).write(text.subarray(0, middle), () => {
        response.write(text.subarray(middle));
      });
    };
    begin();
    await holds(() => told.includes('put ü'));
  });

  it('takes up a watch that ended in order at its last bookmark, without a list', async () => {
    answerWatch = ({ response }, nth) => {
      line(response, 'BOOKMARK', item('', String(10 + nth)));
      if (nth === 1) response.end();
    };
    begin();
    await holds(() => told.includes('at 12'));
    expect(lists).toHaveLength(1);
    expect(watches[1]?.url.searchParams.get('resourceVersion')).toBe('11');
    expect(told).toEqual(['all 10: a', 'at 11', 'at 12']);
  });

  it.each([
    ['at the start', (e: Exchange) => json(e.response, { message: 'too old' }, 410)],
    ['later', (e: Exchange) => line(e.response, 'ERROR', { code: 410, message: 'too old' })],
  ])('lists again, and is not unreachable, when its place is forgotten %s', async (_, forget) => {
    answerList = ({ response }, nth) => json(response, list(String(10 * nth), `a${nth}`));
    answerWatch = (exchange, nth) => {
      if (nth === 1) forget(exchange);
      else line(exchange.response, 'BOOKMARK', item('', '21'));
    };
    begin();
    await holds(() => told.includes('at 21'));
    expect(told).toEqual(['all 10: a1', 'all 20: a2', 'at 21']);
  });

  it('lists again after the connection was lost, and says what happened', async () => {
    answerWatch = ({ response }, nth) => {
      line(response, 'BOOKMARK', item('', '11'));
      if (nth === 1) setImmediate(() => response.destroy());
    };
    begin();
    await holds(() => told.filter((text) => text === 'at 11').length === 2);
    expect(told).toEqual([
      'all 10: a',
      'at 11',
      'failed: the connection was lost',
      'all 10: a',
      'at 11',
    ]);
  });

  it('lists again as soon as the server is back, however long it would have waited', async () => {
    [isGone, chance] = [true, 10_000];
    begin();
    await holds(() => missed.includes('/readyz'));
    isGone = false;
    await holds(() => told.includes('at 11'));
    expect(told).toEqual(['failed: the connection was lost', 'all 10: a', 'at 11']);
  });

  it('says at once that it is doubted, and lists again also when it was only listing', async () => {
    answerList = ({ response }, nth) => {
      if (nth === 1) reflector.doubt('no answer');
      json(response, list('10', 'a'));
    };
    begin();
    await holds(() => told.includes('at 11'));
    expect(told).toEqual([
      'failed: no answer',
      'all 10: a',
      'failed: no answer',
      'all 10: a',
      'at 11',
    ]);
  });

  it('says in the words of the API server why it may not list', async () => {
    answerList = ({ response }) => json(response, { message: 'may not list' }, 403);
    begin();
    await holds(() => told.length > 1);
    expect(new Set(told)).toEqual(new Set(['failed: may not list (403)']));
  });

  it('does not spin when watches are ended as soon as they begin', async () => {
    tick = 0;
    answerWatch = ({ response }) => response.writeHead(200).end();
    begin();
    const began = performance.now();
    await holds(() => watches.length === 3);
    expect(performance.now() - began).toBeGreaterThan(50 + 100);
    expect(told.slice(0, 5)).toEqual([
      'all 10: a',
      'failed: the watch was ended at once',
      'all 10: a',
      'failed: the watch was ended at once',
      'all 10: a',
    ]);
  });
});
