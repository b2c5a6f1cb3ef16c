import type { ProxyFleet } from '@spillway/application';

/** For a cluster of which nobody was named who could be asked. */
export const createNoFleet = (cluster: string): ProxyFleet => ({
  look: () => {
    const reason = `cluster "${cluster}" names neither its istiods nor its Envoys`;
    return Promise.resolve({ kind: 'unknown', reason });
  },
  close: () => Promise.resolve(),
});
