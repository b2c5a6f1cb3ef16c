import { isWildcard } from './host-match.js';

/** How closely an SNI pattern fits: Envoy takes the name itself before any wildcard, and longer ones first. */
export function closeness(pattern: string, sni: string): number | undefined {
  const [wanted, given] = [pattern.toLowerCase(), sni.toLowerCase()];
  if (wanted === given) return Number.POSITIVE_INFINITY;
  const fits =
    isWildcard(wanted) && given.endsWith(wanted.slice(1)) && given.length >= wanted.length;
  return fits || wanted === '*' ? wanted.length : undefined;
}

export interface Chain<Of> {
  /** No patterns fit everything, least closely. */
  readonly sniHosts: readonly string[];
  readonly of: Of;
}

/** Not the first chain that fits, as with HTTP routes, but the closest. */
export function closest<Of>(chains: readonly Chain<Of>[], sni: string | undefined): Of | undefined {
  let best: { readonly of: Of; readonly score: number } | undefined;
  for (const { sniHosts, of } of chains) {
    const scores =
      sniHosts.length === 0 ? [0] : sniHosts.map((host) => sni && closeness(host, sni));
    for (const score of scores) {
      if (typeof score === 'number' && (best === undefined || score > best.score))
        best = { of, score };
    }
  }
  return best?.of;
}
