/** `*`, `*.example.com` and `*-canary.example.com` are wildcards: only the left end may be open. */
export const isWildcard = (host: string): boolean => host.startsWith('*');

const openEnd = (wildcard: string): string => wildcard.slice(1);

/** Every name that `host` stands for is one that `pattern` stands for. */
export function isWithin(host: string, pattern: string): boolean {
  if (!isWildcard(pattern)) return host === pattern;
  if (isWildcard(host)) {
    return host.length >= pattern.length && openEnd(host).endsWith(openEnd(pattern));
  }
  return host.endsWith(openEnd(pattern));
}

/** Some name is covered by both. */
export const overlap = (a: string, b: string): boolean => isWithin(a, b) || isWithin(b, a);

/** What two sets of hosts have in common, in the order of `ours`: of each pair the narrower one. */
export const commonHosts = (ours: readonly string[], theirs: readonly string[]): string[] => [
  ...new Set(
    ours.flatMap((mine) =>
      theirs.flatMap((other) => {
        if (isWithin(mine, other)) return [mine];
        return isWithin(other, mine) ? [other] : [];
      }),
    ),
  ),
];

/** The one of `patterns` that says most about `host`: itself, or else the longest wildcard around it. */
export function mostSpecific(host: string, patterns: Iterable<string>): string | undefined {
  let best: string | undefined;
  for (const pattern of patterns) {
    if (pattern === host) return pattern;
    if (!isWildcard(pattern) || !isWithin(host, pattern)) continue;
    if (best === undefined || pattern.length > best.length) best = pattern;
  }
  return best;
}

/** A name without a dot is a service of the object's own namespace; everything else stays as written. */
export function fullHost(host: string, namespace: string, domain: string): string {
  const asWritten = host === '' || isWildcard(host) || /[.:]/.test(host);
  return asWritten ? host : `${host}.${namespace}.svc.${domain}`;
}

/** A Host header without its port, as virtual hosts are compared: they ignore both port and case. */
export function bareHost(authority: string): string {
  const bracketed = /^(\[.*\])(?::\d+)?$/.exec(authority);
  return (bracketed?.[1] ?? authority.replace(/:\d+$/, '')).toLowerCase();
}

export function portIn(authority: string): number | undefined {
  const written = /(?:^\[.*\]|^[^:]*):(\d+)$/.exec(authority)?.[1];
  return written === undefined ? undefined : Number(written);
}
