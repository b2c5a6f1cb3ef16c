import { ownPrefix } from './own-object.js';

const longestSlug = 40;

/**
 * `spillway-egress-api-stripe-com-1a2b3c4d`: the same hosts have the same name
 * wherever the entry stands in the list, and whatever else of it changes.
 */
export function entryName(hosts: readonly string[]): string {
  const key = [...hosts].sort().join(' ');
  const slug = (hosts[0] ?? '')
    .replace(/^\*\./, 'any-')
    .replaceAll('.', '-')
    .slice(0, longestSlug)
    .replace(/-+$/, '');
  return `${ownPrefix}-${slug}-${fnv1a(key)}`;
}

/** FNV-1a, 32 bits: the domain has no crypto, and nobody gains from a collision, which is refused. */
function fnv1a(text: string): string {
  let hash = 0x811c9dc5;
  for (const character of text) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, '0');
}
