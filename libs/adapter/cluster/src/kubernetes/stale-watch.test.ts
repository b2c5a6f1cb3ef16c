import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ApplyOutcome } from '@spillway/application';
import { aDestinationRule, aVirtualService } from '../testing/mesh-objects.js';
import { holds, json, line, type Exchange } from '../testing/scripted-api-server.js';
import { ScriptedCluster } from '../testing/scripted-cluster.js';
import { catalog, ScriptedLink } from '../testing/scripted-link.js';

const stored = (version: number, uid = 'u1'): object => {
  const { metadata, spec } = aVirtualService(catalog, version);
  return { metadata: { ...metadata, uid, resourceVersion: String(version) }, spec };
};

describe('a write that meets a conflict which no watch has told of', () => {
  let cluster: ScriptedCluster;
  let scripted: ScriptedLink;
  /** What the server holds, whatever the watch says. */
  let now: object | undefined;
  let answerGet: (exchange: Exchange) => void;

  beforeEach(async () => {
    cluster = new ScriptedCluster();
    now = stored(9);
    cluster.items.set('virtualservices', [now]);
    answerGet = ({ response }) =>
      now === undefined ? json(response, { message: 'gone' }, 404) : json(response, now);
    cluster.answer = (exchange, method) => {
      if (method === 'GET') answerGet(exchange);
      else json(exchange.response, { message: 'the object has been modified' }, 409);
    };
    scripted = await ScriptedLink.connect(cluster);
  });
  afterEach(() => scripted.dispose());

  const shown = (): string | undefined =>
    scripted.link.routing(catalog)?.virtualService?.metadata.resourceVersion;
  const write = (): Promise<ApplyOutcome> =>
    scripted.link.apply(aVirtualService(catalog, 50), { resourceVersion: '9' });
  const doubted = (): Promise<void> => {
    cluster.version = 30;
    cluster.items.set('virtualservices', now === undefined ? [] : [now]);
    return holds(() => cluster.count('list virtualservices') === 2);
  };

  it('has the present object for the next try', async () => {
    now = stored(20, 'u2');
    expect(await write()).toEqual({ kind: 'conflict' });
    expect(shown()).toBe('20');
    expect(scripted.changes).toContainEqual(
      expect.objectContaining({ kind: 'service', namespace: 'shop', host: catalog.host }),
    );
  });

  it('knows that the object is gone', async () => {
    now = undefined;
    expect(await write()).toEqual({ kind: 'conflict' });
    expect(shown()).toBeUndefined();
  });

  it.each([
    ['changed', stored(20)],
    ['went', undefined],
  ])('lists again when the watch does not tell in a moment that the object %s', async (_, then) => {
    now = then;
    await write();
    await doubted();
    await holds(() => scripted.link.state().kind === 'ready');
  });

  it('goes on with a watch that tells of the change, only later', async () => {
    now = stored(20);
    await write();
    const watch = cluster.watches.get('virtualservices');
    if (watch === undefined) throw new Error('there is no watch');
    line(watch, 'MODIFIED', now);
    // A silent watch is looked at second, so the first doubt is of this one.
    await scripted.link.apply(aDestinationRule(catalog, ['v1']), {});
    await doubted();
    const reasons = scripted.changes.flatMap((told) =>
      told.kind === 'state' && told.state.kind === 'unreachable' ? [told.state.reason] : [],
    );
    expect(reasons).toEqual(['the watch of destinationrules did not tell of a change']);
  });

  it('stays with what it knew when there is no look', async () => {
    answerGet = ({ response }) => json(response, { message: 'may not get' }, 403);
    now = stored(20);
    expect(await write()).toEqual({ kind: 'conflict' });
    expect(shown()).toBe('9');
    expect(scripted.link.state().kind).toBe('ready');
  });

  it('is an answered conflict even when the look gets no answer, which raises doubt', async () => {
    answerGet = () => undefined;
    expect(await write()).toEqual({ kind: 'conflict' });
    await doubted();
  });

  describe('and a read beside that watch', () => {
    beforeEach(() => {
      const route = answerGet;
      answerGet = (exchange) => {
        if (exchange.url.pathname.includes('destinationrules')) json(exchange.response, {}, 404);
        else route(exchange);
      };
    });

    it('shows what is there now, and lists again when the watch stays silent', async () => {
      now = stored(20);
      expect(await scripted.link.reread(catalog)).toEqual({ kind: 'reread' });
      expect(shown()).toBe('20');
      await doubted();
    });

    it('doubts nothing that is as the watch has told', async () => {
      expect(await scripted.link.reread(catalog)).toEqual({ kind: 'reread' });
      expect(shown()).toBe('9');
      expect(scripted.link.state().kind).toBe('ready');
    });

    it('says what the server said that does not let it read', async () => {
      answerGet = ({ response }) => json(response, { message: 'may not get' }, 403);
      const reason = expect.stringContaining('may not get');
      expect(await scripted.link.reread(catalog)).toEqual({ kind: 'unreachable', reason });
      expect(shown()).toBe('9');
    });
  });
});
