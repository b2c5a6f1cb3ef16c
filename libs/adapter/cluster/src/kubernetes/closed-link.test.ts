import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ApplyOutcome } from '@spillway/application';
import { aVirtualService } from '../testing/mesh-objects.js';
import { holds, json, type Exchange } from '../testing/scripted-api-server.js';
import { ScriptedCluster } from '../testing/scripted-cluster.js';
import { catalog, ScriptedLink } from '../testing/scripted-link.js';

/** Longer than a test may take: what ends sooner was ended by `close`. */
const patience = 60_000;

describe('a link that is closed', () => {
  let cluster: ScriptedCluster;
  let scripted: ScriptedLink;
  let waiting: Exchange[];
  beforeEach(async () => {
    [cluster, waiting] = [new ScriptedCluster(), []];
    cluster.answer = (exchange) => waiting.push(exchange);
    scripted = await ScriptedLink.connect(cluster, patience);
  });
  afterEach(() => scripted.dispose());

  const write = (): Promise<ApplyOutcome> => scripted.link.apply(aVirtualService(catalog, 10), {});
  const closed = { kind: 'unreachable', reason: 'the link is closed' };

  it('asks nobody any more', async () => {
    await scripted.link.close();
    expect(await write()).toEqual(closed);
    expect(waiting).toEqual([]);
  });

  it('answers the writes that it was closed under, those that wait for a connection too', async () => {
    const writes = Array.from({ length: 20 }, write);
    await holds(() => waiting.length === 16);
    await scripted.link.close();
    expect(await Promise.all(writes)).toEqual(writes.map(() => closed));
    expect(scripted.changes.at(-1)).toMatchObject({ kind: 'state', state: { kind: 'ready' } });
  });

  it('answers a write whose answer was on its way', async () => {
    const written = write();
    await holds(() => waiting.length === 1);
    const { response } = waiting[0] as Exchange;
    response.writeHead(200, { 'content-type': 'application/json' }).write('{"metadata":');
    await new Promise((resolve) => setImmediate(resolve));
    await scripted.link.close();
    expect(await written).toEqual(closed);
  });

  it('answers a conflict as one when it is closed during the look that follows', async () => {
    const written = write();
    await holds(() => waiting.length === 1);
    json((waiting[0] as Exchange).response, { message: 'modified' }, 409);
    await holds(() => cluster.count('GET') === 1);
    await scripted.link.close();
    expect(await written).toEqual({ kind: 'conflict' });
  });
});
