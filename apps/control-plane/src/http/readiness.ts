import type { HealthView } from '@spillway/interface-contract';

/** Ready while the database answers; nothing else is needed to answer requests or to run releases. */
export const readinessOf =
  (ping: () => Promise<void>): (() => Promise<HealthView>) =>
  async () => {
    try {
      await ping();
      return { ok: true, checks: [{ name: 'database', ok: true }] };
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      return { ok: false, checks: [{ name: 'database', ok: false, detail }] };
    }
  };
