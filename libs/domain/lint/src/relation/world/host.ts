/** Istio adds namespace and domain to a name without dots; any other is taken as it stands (istio §1.3). */
export const fullHost = (host: string, namespace: string, domain: string): string =>
  host.includes('.') || host.startsWith('*') || host === ''
    ? host
    : `${host}.${namespace}.svc.${domain}`;

export const isWildcard = (host: string): boolean => host.startsWith('*');

/** Whether every host that `host` stands for is one of those that `pattern` stands for. */
export function covers(pattern: string, host: string): boolean {
  if (pattern === host) return true;
  return isWildcard(pattern) && host.replace(/^\*/, '').endsWith(pattern.slice(1));
}

/** Whether there is a host that both stand for. */
export const overlap = (a: string, b: string): boolean => covers(a, b) || covers(b, a);
