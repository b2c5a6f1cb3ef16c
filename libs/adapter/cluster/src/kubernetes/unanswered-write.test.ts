import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ApplyOutcome } from '@spillway/application';
import { version } from '@spillway/kernel';
import { aVirtualService } from '../testing/mesh-objects.js';
import { holds, json, type Exchange } from '../testing/scripted-api-server.js';
import { ScriptedCluster } from '../testing/scripted-cluster.js';
import { catalog, ScriptedLink } from '../testing/scripted-link.js';

describe('a write to a cluster that does not answer', () => {
  let cluster: ScriptedCluster;
  let scripted: ScriptedLink;
  let isRefusingLists: boolean;
  let waiting: Exchange[];

  beforeEach(() => {
    cluster = new ScriptedCluster();
    [isRefusingLists, waiting] = [false, []];
    cluster.answer = (exchange) => waiting.push(exchange);
    cluster.answerList = (_, { response }) => {
      if (isRefusingLists) json(response, { message: 'may not list' }, 403);
      return isRefusingLists;
    };
  });
  afterEach(() => scripted.dispose());

  const write = (): Promise<ApplyOutcome> => scripted.link.apply(aVirtualService(catalog, 10), {});
  const answerAll = (): void => {
    for (const { response } of waiting.splice(0)) json(response, { message: 'no' }, 400);
  };
  const isReady = (): boolean => scripted.link.state().kind === 'ready';
  const breakWatches = (): Promise<void> => {
    isRefusingLists = true;
    for (const watch of cluster.watches.values()) watch.destroy();
    return holds(() => JSON.stringify(scripted.link.state()).includes('may not list (403)'));
  };
  const noAnswer = { kind: 'unreachable', reason: 'no answer in time' };

  it('makes the link unreachable, and its counts unknown, before it is answered', async () => {
    scripted = await ScriptedLink.connect(cluster, 300);
    const { link } = scripted;
    link.follow(catalog);
    await holds(() => link.readyEndpoints(catalog, version('v1')) === 0);
    expect(await write()).toEqual(noAnswer);
    expect(link.state()).toMatchObject(noAnswer);
    expect(link.readyEndpoints(catalog, version('v1'))).toBeUndefined();
    await holds(isReady);
    await holds(() => link.readyEndpoints(catalog, version('v1')) === 0);
  });

  it('is made by one writer at a time while the link is unreachable', async () => {
    scripted = await ScriptedLink.connect(cluster);
    await breakWatches();
    const first = write();
    await holds(() => waiting.length === 1);
    const reason = 'may not list (403)';
    expect(await Promise.all([write(), write()])).toEqual([
      { kind: 'unreachable', reason },
      { kind: 'unreachable', reason },
    ]);
    answerAll();
    expect(await first).toMatchObject({ kind: 'refused' });
    const next = write();
    await holds(() => waiting.length === 1);
    answerAll();
    expect(await next).toMatchObject({ kind: 'refused' });
  });

  it('is given up after a second while the link is unreachable', async () => {
    scripted = await ScriptedLink.connect(cluster, 60_000);
    await breakWatches();
    expect(await write()).toEqual(noAnswer);
  });

  it('is not taken for done when something else answers in its place', async () => {
    cluster.answer = ({ response }) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Sign in</h1>');
    scripted = await ScriptedLink.connect(cluster);
    expect(await write()).toEqual({
      kind: 'unreachable',
      reason: 'the answer is not an object: is this the address of an API server?',
    });
  });

  it('is tried by one writer first when the last one got no answer, though watches do', async () => {
    scripted = await ScriptedLink.connect(cluster, 300);
    await write();
    await holds(isReady);
    answerAll();
    const first = write();
    await holds(() => waiting.length === 1);
    expect(await write()).toEqual(noAnswer);
    const second = write();
    answerAll();
    await first;
    await holds(() => waiting.length === 1);
    answerAll();
    expect(await second).toMatchObject({ kind: 'refused' });
    const both = [write(), write()];
    await holds(() => waiting.length === 2);
    answerAll();
    await Promise.all(both);
  });
});
