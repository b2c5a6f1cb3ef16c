/** What this machine is called by itself. */
export const loopback: ReadonlySet<string> = new Set(['127.0.0.1', '::1', 'localhost']);
