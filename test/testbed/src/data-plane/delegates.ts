import type { HttpMatch, HttpRule, StringMatch, StringMatches } from './istio-objects.js';

/** The root's rule gives way to the delegate's rules, each narrowed by what the root asks for. */
export function mergeDelegate(root: HttpRule, leaves: readonly HttpRule[]): readonly HttpRule[] {
  return leaves.flatMap((leaf) => {
    const match = mergeMatches(root.match ?? [], leaf.match ?? []);
    if (match === 'conflict') return [];
    const { delegate: _, match: __, name: ___, ...fromRoot } = root;
    const { name: ____, ...fromLeaf } = leaf;
    const name = joined(root.name, leaf.name);
    const rule: HttpRule = { ...fromRoot, ...fromLeaf, match, ...(name && { name }) };
    return [rule];
  });
}

/** A leaf's match that fits none of the root's drops the whole rule. */
function mergeMatches(
  roots: readonly HttpMatch[],
  leaves: readonly HttpMatch[],
): readonly HttpMatch[] | 'conflict' {
  if (roots.length === 0) return leaves;
  if (leaves.length === 0) return roots;
  const perLeaf = leaves.map((leaf) =>
    roots.filter((root) => !isConflict(root, leaf)).map((root) => mergeMatch(root, leaf)),
  );
  return perLeaf.some((found) => found.length === 0) ? 'conflict' : perLeaf.flat();
}

const maps = ['headers', 'withoutHeaders', 'queryParams', 'sourceLabels'] as const;

function mergeMatch(root: HttpMatch, leaf: HttpMatch): HttpMatch {
  const name = joined(root.name, leaf.name);
  const merged = maps
    .filter((map) => root[map] ?? leaf[map])
    .map((map) => [map, { ...root[map], ...leaf[map] }]);
  return { ...root, ...leaf, ...Object.fromEntries(merged), ...(name && { name }) };
}

const joined = (root: string | undefined, leaf: string | undefined): string | undefined =>
  root && leaf ? `${root}-${leaf}` : (leaf ?? root);

function isConflict(root: HttpMatch, leaf: HttpMatch): boolean {
  const strings = ['uri', 'scheme', 'method', 'authority'] as const;
  const tables = ['headers', 'withoutHeaders', 'queryParams'] as const;
  return (
    strings.some((field) => isTextConflict(root[field], leaf[field])) ||
    tables.some((field) => isTableConflict(root[field], leaf[field])) ||
    (root.ignoreUriCase ?? false) !== (leaf.ignoreUriCase ?? false) ||
    isSourceConflict(root, leaf)
  );
}

function isSourceConflict(root: HttpMatch, leaf: HttpMatch): boolean {
  if (root.port && leaf.port && root.port !== leaf.port) return true;
  if (root.sourceNamespace && root.sourceNamespace !== leaf.sourceNamespace) return true;
  return isLabelConflict(root, leaf) || isGatewayConflict(root, leaf);
}

const isLabelConflict = ({ sourceLabels = {} }: HttpMatch, leaf: HttpMatch): boolean =>
  Object.entries(sourceLabels).some(
    ([key, value]) => (leaf.sourceLabels?.[key] ?? value) !== value,
  );

function isGatewayConflict({ gateways = [] }: HttpMatch, leaf: HttpMatch): boolean {
  if (gateways.length === 0) return false;
  return leaf.gateways?.some((gateway) => !gateways.includes(gateway)) ?? false;
}

const isTableConflict = (root: StringMatches = {}, leaf: StringMatches = {}): boolean =>
  Object.keys(root).some((key) => key in leaf && isTextConflict(root[key] ?? {}, leaf[key] ?? {}));

/** Whether the leaf asks for something that the root does not cover; what cannot be told counts as such. */
function isTextConflict(root: StringMatch | undefined, leaf: StringMatch | undefined): boolean {
  if (root === undefined || leaf === undefined) return false;
  if (root.regex || leaf.regex) return true;
  if (root.exact) return root.exact !== leaf.exact;
  const wanted = leaf.exact ?? leaf.prefix;
  return !root.prefix || !wanted || !wanted.startsWith(root.prefix);
}
