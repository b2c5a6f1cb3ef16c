import { fieldsOf, textsOf, type Fields } from '../spec-fields.js';

const texts = ['uri', 'scheme', 'method', 'authority'] as const;
const maps = ['headers', 'withoutHeaders', 'queryParams'] as const;

/**
 * Why istiod does not put these two blocks together, in words; `undefined` when it
 * does. It compares texts only, and so refuses much that would be harmless: a
 * pattern beside any other condition, and mere presence beside anything (istio §3.4).
 */
export function delegateConflict(root: Fields, leaf: Fields): string | undefined {
  return (
    texts.find((key) => textsConflict(root[key], leaf[key])) ??
    maps.flatMap((key) => mapConflict(key, fieldsOf(root[key]), fieldsOf(leaf[key])))[0] ??
    caseConflict(root, leaf) ??
    callerConflict(root, leaf) ??
    gatewayConflict(root, leaf)
  );
}

const mapConflict = (key: string, root: Fields, leaf: Fields): readonly string[] =>
  Object.keys(leaf)
    .filter((name) => textsConflict(root[name], leaf[name]))
    .map((name) => `${key} ${name}`);

/** Whether the delegate asks for something that does not lie within what the root asks for. */
function textsConflict(root: unknown, leaf: unknown): boolean {
  if (root === undefined || leaf === undefined) return false;
  const [above, below] = [fieldsOf(root), fieldsOf(leaf)];
  const part = text(above['prefix']);
  if (text(above['regex']) !== '' || text(below['regex']) !== '') return true;
  if (text(above['exact']) !== '') return text(below['exact']) !== above['exact'];
  const whole = text(below['exact']) || text(below['prefix']);
  return part === '' || whole === '' || !whole.startsWith(part);
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

const caseConflict = (root: Fields, leaf: Fields): string | undefined =>
  (root['ignoreUriCase'] === true) === (leaf['ignoreUriCase'] === true)
    ? undefined
    : 'ignoreUriCase';

function callerConflict(root: Fields, leaf: Fields): string | undefined {
  const [above, below] = [root['port'], leaf['port']];
  if (typeof above === 'number' && typeof below === 'number' && above !== below) return 'port';
  const namespace = text(root['sourceNamespace']);
  if (namespace !== '' && leaf['sourceNamespace'] !== namespace) return 'sourceNamespace';
  const labels = fieldsOf(root['sourceLabels']);
  const isOther = ([key, is]: [string, unknown]) => key in labels && labels[key] !== is;
  return Object.entries(fieldsOf(leaf['sourceLabels'])).some(isOther) ? 'sourceLabels' : undefined;
}

function gatewayConflict(root: Fields, leaf: Fields): string | undefined {
  const above = textsOf(root['gateways']);
  const isOutside = textsOf(leaf['gateways']).some((gateway) => !above.includes(gateway));
  return above.length > 0 && isOutside ? 'gateways' : undefined;
}
