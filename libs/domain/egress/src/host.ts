/** Whether every host that `host` stands for is one that `pattern` stands for. Case does not matter. */
export function coversHost(pattern: string, host: string): boolean {
  const [wide, narrow] = [pattern.toLowerCase(), host.toLowerCase()];
  if (wide === narrow || wide === '*') return true;
  if (!wide.startsWith('*')) return false;
  const suffix = wide.slice(1);
  const bare = narrow.startsWith('*') ? narrow.slice(1) : narrow;
  return bare.endsWith(suffix) && (narrow.startsWith('*') || bare.length > suffix.length);
}

const name =
  /^(?=.{1,253}$)(?:\*\.)?(?:[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?\.)+[a-z][-a-z0-9]{0,61}[a-z0-9]$/;

/** A full host name in lower case, or one with `*.` before it. `*` alone would allow everything. */
export const isEgressHost = (text: string): boolean => name.test(text);

export const isWildcard = (host: string): boolean => host.startsWith('*');
