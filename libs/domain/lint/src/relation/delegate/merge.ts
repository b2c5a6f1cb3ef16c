import type { Spot } from '../../object/spot.js';

const texts = ['uri', 'scheme', 'method', 'authority'] as const;
const textMaps = ['headers', 'withoutHeaders', 'queryParams'] as const;

/**
 * Why a match of a delegate cannot be combined with one of its root, or nothing
 * if it can (istio §3.4). Istio drops what conflicts and says so nowhere but in
 * istiod's log.
 */
export function conflict(root: Spot, leaf: Spot): string | undefined {
  const field = [
    ...texts.filter((name) => textsConflict(root.at(name), leaf.at(name))),
    ...textMaps.flatMap((name) => mapConflicts(root.at(name), leaf.at(name), textsConflict, name)),
    ...mapConflicts(root.at('sourceLabels'), leaf.at('sourceLabels'), differ, 'sourceLabels'),
    ...plain.filter(([, isConflict]) => isConflict(root, leaf)).map(([name]) => name),
  ][0];
  return field;
}

const plain: readonly (readonly [string, (root: Spot, leaf: Spot) => boolean])[] = [
  ['port', (root, leaf) => bothSet(root, leaf, 'port') && differ(root.at('port'), leaf.at('port'))],
  ['ignoreUriCase', (root, leaf) => isTrue(root) !== isTrue(leaf)],
  [
    'sourceNamespace',
    (root, leaf) =>
      root.at('sourceNamespace').text !== '' &&
      differ(root.at('sourceNamespace'), leaf.at('sourceNamespace')),
  ],
  ['gateways', (root, leaf) => bothSet(root, leaf, 'gateways') && !isWithin(root, leaf)],
];

const isTrue = (match: Spot): boolean => match.at('ignoreUriCase').value === true;

const bothSet = (root: Spot, leaf: Spot, field: string): boolean =>
  root.at(field).isSet && leaf.at(field).isSet;

const differ = (root: Spot, leaf: Spot): boolean => root.value !== leaf.value;

function isWithin(root: Spot, leaf: Spot): boolean {
  const names = new Set(
    root
      .at('gateways')
      .items()
      .map(({ value }) => value),
  );
  return leaf
    .at('gateways')
    .items()
    .every(({ value }) => names.has(value));
}

function mapConflicts(
  root: Spot,
  leaf: Spot,
  isConflict: (root: Spot, leaf: Spot) => boolean,
  name: string,
): readonly string[] {
  const outer = new Map(root.entries());
  return leaf.entries().flatMap(([key, value]) => {
    const ofRoot = outer.get(key);
    return ofRoot?.isSet === true && isConflict(ofRoot, value) ? [`${name} ${key}`] : [];
  });
}

/** Whether no text could be taken for both, as Istio decides it: it never looks into a regex. */
function textsConflict(root: Spot, leaf: Spot): boolean {
  if (!root.isSet || !leaf.isSet) return false;
  const exact = root.at('exact').text;
  if (exact !== '') return leaf.at('exact').text !== exact;
  const prefix = root.at('prefix').text;
  // What is left of the root is a regex or mere presence; neither is combined with anything.
  if (prefix === '' || leaf.at('regex').text !== '') return true;
  return !(leaf.at('exact').text || leaf.at('prefix').text).startsWith(prefix);
}
