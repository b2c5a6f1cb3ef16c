import type { Clock } from '@spillway/application';
import type { ApiSession } from './api-session.js';
import { NamespaceEndpoints } from './namespace-endpoints.js';

/** The namespaces of a cluster whose endpoints are watched: each once. */
export class SharedEndpoints {
  private readonly open = new Map<string, NamespaceEndpoints>();

  constructor(
    private readonly session: ApiSession,
    private readonly clock: Clock,
  ) {}

  in(namespace: string): NamespaceEndpoints {
    const known = this.open.get(namespace);
    if (known !== undefined) return known;
    const begun = new NamespaceEndpoints(this.session, namespace, this.clock, () => {
      this.open.delete(namespace);
    });
    this.open.set(namespace, begun);
    return begun;
  }
}
