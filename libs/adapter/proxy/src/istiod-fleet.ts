import { setTimeout as sleep } from 'node:timers/promises';
import type { ProxyAnswer, ProxyFleet, ProxyQuestion } from '@spillway/application';
import { ambiguous } from './ambiguous.js';
import { connected, isInSync, proxyOf, synced } from './istiod-answers.js';
import { NoAnswer, connections, type JsonSource } from './json-source.js';
import { reasonOf } from './reason.js';
import { istiodRoutes } from './route-tables.js';
import { conclude, standingOf, type Findings, type Standing } from './standing.js';

/** Enough to say that it is not everywhere, and where not. */
const enoughBehind = 20;

/**
 * Between what istiod would send and what it has sent. It turns a proxy to the new
 * configuration a few milliseconds before it sends that; until then "all that was
 * sent is acknowledged" is about the old one.
 */
const sendingMs = 100;

/**
 * Proxies as istiod knows them: it would send the route (its config dump), and the
 * proxy has acknowledged what was sent last (syncz, read after the dumps). Each replica
 * answers for the proxies connected to it, so all have to be asked.
 */
export class IstiodFleet implements ProxyFleet {
  constructor(
    private readonly replicas: readonly JsonSource[],
    private readonly maxProxies: number,
  ) {}

  async look(question: ProxyQuestion): Promise<ProxyAnswer> {
    const found = this.replicas.map((replica) => this.#lookThrough(replica, question));
    return conclude(await Promise.all(found));
  }

  async close(): Promise<void> {
    await Promise.all(this.replicas.map((replica) => replica.close()));
  }

  async #lookThrough(replica: JsonSource, question: ProxyQuestion): Promise<Findings> {
    try {
      const proxies = connected.parse(await replica.get('/debug/adsz'));
      const obstacle = this.#obstacle(proxies, replica.url);
      if (obstacle !== undefined) return { has: 0, behind: [], unknown: [obstacle] };
      const { has, lacking } = await wouldSend(replica, proxies, question);
      const unsynced = has.length === 0 ? [] : await notInSync(replica, has);
      return {
        has: has.length - unsynced.length,
        behind: [...lacking, ...unsynced].map(proxyOf),
        unknown: [],
      };
    } catch (error) {
      return { has: 0, behind: [], unknown: [reasonOf(replica.url, error)] };
    }
  }

  /** Why the proxies cannot be asked one by one. */
  #obstacle(proxies: readonly string[], url: string): string | undefined {
    if (proxies.length > this.maxProxies) {
      return `${url} has ${proxies.length} proxies, of which ${this.maxProxies} can be asked`;
    }
    const twins = ambiguous(proxies);
    if (twins === undefined) return undefined;
    return `${url} cannot be asked for ${twins[0]} apart from ${twins[1]}`;
  }
}

interface Dumped {
  readonly has: string[];
  readonly lacking: string[];
}

/** A few at a time, and no more once enough lack it. */
async function wouldSend(
  replica: JsonSource,
  proxies: readonly string[],
  question: ProxyQuestion,
): Promise<Dumped> {
  const dumped: Dumped = { has: [], lacking: [] };
  const queue = proxies.values();
  const work = async (): Promise<void> => {
    for (const proxy of queue) {
      const standing = await dumpOf(replica, proxy, question);
      if (standing === 'has') dumped.has.push(proxy);
      if (standing === 'lacks') dumped.lacking.push(proxy);
      if (dumped.lacking.length >= enoughBehind) return;
    }
  };
  await Promise.all(Array.from({ length: connections }, work));
  return dumped;
}

async function dumpOf(
  replica: JsonSource,
  proxyID: string,
  question: ProxyQuestion,
): Promise<Standing> {
  try {
    const dump = await replica.get('/debug/config_dump', { proxyID, types: 'rds' });
    return standingOf(istiodRoutes.parse(dump), question);
  } catch (error) {
    // It has just gone to another replica, or away: the next look tells.
    if (error instanceof NoAnswer && error.statusCode === 404) return 'lacks';
    throw error;
  }
}

/** Those of the connections whose proxy has not acknowledged the routes that were sent to it. */
async function notInSync(
  replica: JsonSource,
  connectionIds: readonly string[],
): Promise<readonly string[]> {
  await sleep(sendingMs);
  const states = synced.parse(await replica.get('/debug/syncz')) ?? [];
  return connectionIds.filter((id) => {
    const own = states.filter(({ proxy }) => proxy === proxyOf(id));
    return own.length === 0 || !own.every(isInSync);
  });
}
