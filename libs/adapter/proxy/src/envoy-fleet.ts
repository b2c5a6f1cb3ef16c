import type { ProxyAnswer, ProxyFleet, ProxyQuestion } from '@spillway/application';
import type { JsonSource } from './json-source.js';
import { reasonOf } from './reason.js';
import { envoyRoutes } from './route-tables.js';
import { conclude, standingOf, type Findings } from './standing.js';

/** Envoys that are asked themselves: what their config dump shows is what they route by. */
export class EnvoyFleet implements ProxyFleet {
  constructor(private readonly admins: readonly JsonSource[]) {}

  async look(question: ProxyQuestion): Promise<ProxyAnswer> {
    return conclude(await Promise.all(this.admins.map((admin) => lookAt(admin, question))));
  }

  async close(): Promise<void> {
    await Promise.all(this.admins.map((admin) => admin.close()));
  }
}

async function lookAt(admin: JsonSource, question: ProxyQuestion): Promise<Findings> {
  try {
    const dump = await admin.get('/config_dump', { resource: 'dynamic_route_configs' });
    const standing = standingOf(envoyRoutes.parse(dump), question);
    return {
      has: Number(standing === 'has'),
      behind: standing === 'lacks' ? [admin.url] : [],
      unknown: [],
    };
  } catch (error) {
    return { has: 0, behind: [], unknown: [reasonOf(admin.url, error)] };
  }
}
