import { mappedMatches, singleMatches } from './read/http-match.js';
import type { HttpMatch } from './read/http-match.js';
import type { ClientMatch } from './read/client-match.js';
import { inWords } from './read/text-match.js';
import type { TextMatch } from './read/text-match.js';

/**
 * Why a delegate's match does not lie within its root's, in words; `undefined`
 * when it does. Istio compares texts only, so it refuses much that would be
 * harmless: a pattern beside any other match, and a root that asks for mere
 * presence beside anything.
 */
export function conflict(root: HttpMatch, leaf: HttpMatch): string | undefined {
  for (const key of singleMatches) {
    if (textsConflict(root[key], leaf[key])) return compared(key, root[key], leaf[key]);
  }
  for (const key of mappedMatches) {
    for (const [name, match] of Object.entries(leaf[key])) {
      const above = root[key][name];
      if (textsConflict(above, match)) return compared(`${key} ${name}`, above, match);
    }
  }
  if (root.ignoreUriCase !== leaf.ignoreUriCase) return 'ignoreUriCase differs';
  return clientConflict(root.client, leaf.client);
}

const compared = (what: string, root?: TextMatch, leaf?: TextMatch): string =>
  `${what}: the delegate's ${leaf ? inWords(leaf) : 'match'} is not within the root's ${root ? inWords(root) : 'match'}`;

function textsConflict(root: TextMatch | undefined, leaf: TextMatch | undefined): boolean {
  if (root === undefined || leaf === undefined) return false;
  if (isEmpty(root) || isEmpty(leaf)) return true;
  if (root.kind === 'exact') return leaf.kind !== 'exact' || leaf.value !== root.value;
  if (root.kind === 'prefix') {
    return (leaf.kind !== 'exact' && leaf.kind !== 'prefix') || !leaf.value.startsWith(root.value);
  }
  return true;
}

const isEmpty = (match: TextMatch): boolean => match.kind === 'present' || match.value === '';

function clientConflict(root: ClientMatch, leaf: ClientMatch): string | undefined {
  if (root.port !== undefined && leaf.port !== undefined && root.port !== leaf.port) {
    return `port: ${leaf.port} is not the root's ${root.port}`;
  }
  if (root.sourceNamespace !== undefined && leaf.sourceNamespace !== root.sourceNamespace) {
    return `sourceNamespace: the delegate must repeat the root's ${root.sourceNamespace}`;
  }
  const key = Object.keys(leaf.sourceLabels).find(
    (name) => name in root.sourceLabels && root.sourceLabels[name] !== leaf.sourceLabels[name],
  );
  if (key !== undefined) return `sourceLabels: ${key} has another value in the root`;
  const outside =
    root.gateways.length > 0 && leaf.gateways.find((name) => !root.gateways.includes(name));
  return outside ? `gateways: ${outside} is not among the root's` : undefined;
}
