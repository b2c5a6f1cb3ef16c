import { gatewayKey } from '../gateway-name.js';
import type { HttpMatchRequest } from '../istio-object.js';
import { fieldsOf, isSameJson, textsOf, type Fields } from '../spec-fields.js';

/** `apart`: no request is meant by both. `unclear`: one block cannot say what both mean. */
export type Combined = { readonly match: Fields } | 'apart' | 'unclear';

const texts = ['scheme', 'method', 'authority'] as const;
const maps = ['headers', 'queryParams'] as const;

/**
 * The block for requests that both blocks mean: a route in front of people's
 * must not take what theirs would not have taken. Gateways may be named without
 * their namespace; then it is this one.
 */
export function combineMatch(theirs: unknown, ours: HttpMatchRequest, namespace: string): Combined {
  const combined: Record<string, unknown> = { ...fieldsOf(theirs) };
  const own = fieldsOf(ours);
  const outcomes = [
    narrowUri(combined, own),
    ...texts.map((key) => narrow(combined, key, own[key])),
    ...maps.map((key) => narrowMap(combined, key, own[key])),
    withoutBoth(combined, own['withoutHeaders']),
    equalOrNew(combined, 'port', own['port']),
    equalOrNew(combined, 'sourceNamespace', own['sourceNamespace']),
    equalMap(combined, 'sourceLabels', own['sourceLabels']),
    gatewaysOf(combined, textsOf(own['gateways']), namespace),
    hidesCaller(combined, fieldsOf(theirs), own) ? 'unclear' : undefined,
  ];
  if (outcomes.includes('apart')) return 'apart';
  return outcomes.includes('unclear') ? 'unclear' : { match: combined };
}

type Outcome = 'apart' | 'unclear' | undefined;
type Block = Record<string, unknown>;

/** A condition on a text; `folds`: upper and lower case are the same to it. */
interface Text {
  readonly match: unknown;
  readonly folds: boolean;
}

/** Paths are the only texts whose case may be ignored. */
function narrowUri(block: Block, { uri, ignoreUriCase }: Fields): Outcome {
  if (uri === undefined) return undefined;
  const theirs = { match: block['uri'] ?? {}, folds: block['ignoreUriCase'] === true };
  const both = narrower(theirs, { match: uri, folds: ignoreUriCase === true });
  if (typeof both === 'string') return both;
  block['uri'] = both.match;
  if (both.folds) block['ignoreUriCase'] = true;
  else delete block['ignoreUriCase'];
  return undefined;
}

function narrow(block: Block, key: string, ours: unknown): Outcome {
  if (ours === undefined) return undefined;
  const theirs = { match: block[key] ?? {}, folds: false };
  const both = narrower(theirs, { match: ours, folds: false });
  if (typeof both === 'string') return both;
  block[key] = both.match;
  return undefined;
}

/** Both ways to ask for any value at all. */
const isPresence = (match: unknown): boolean =>
  Object.keys(fieldsOf(match)).length === 0 || fieldsOf(match)['regex'] === '*';

/** Of two conditions on one text the one that implies the other. */
function narrower(theirs: Text, ours: Text): Text | 'apart' | 'unclear' {
  if (isPresence(theirs.match)) return ours;
  if (isPresence(ours.match)) return theirs;
  if (isSameJson(theirs.match, ours.match) && theirs.folds === ours.folds) return theirs;
  if (plain(theirs) === undefined || plain(ours) === undefined) return 'unclear';
  if (implies(theirs, ours)) return theirs;
  if (implies(ours, theirs)) return ours;
  return meetsWithoutCase(theirs, ours) ? 'unclear' : 'apart';
}

function plain({ match }: Text): string | undefined {
  const { exact, prefix } = fieldsOf(match);
  const text = exact ?? prefix;
  return typeof text === 'string' ? text : undefined;
}

function implies(narrow: Text, wide: Text): boolean {
  if (narrow.folds && !wide.folds) return false;
  const [text = '', part = ''] = [plain(narrow), plain(wide)].map((one) =>
    wide.folds ? one?.toLowerCase() : one,
  );
  if ('prefix' in fieldsOf(wide.match)) return text.startsWith(part);
  return 'exact' in fieldsOf(narrow.match) && text === part;
}

/** Two texts of which none contains the other have nothing in common, but for their case. */
function meetsWithoutCase(a: Text, b: Text): boolean {
  if (!a.folds && !b.folds) return false;
  const [lowerA, lowerB] = [
    { ...a, folds: true },
    { ...b, folds: true },
  ];
  return implies(lowerA, lowerB) || implies(lowerB, lowerA);
}

function narrowMap(block: Block, key: string, ours: unknown): Outcome {
  if (ours === undefined) return undefined;
  const merged: Block = { ...fieldsOf(block[key]) };
  const outcomes = Object.entries(fieldsOf(ours)).map(([name, match]) =>
    narrow(merged, name, match),
  );
  block[key] = merged;
  return worst(outcomes);
}

/** None of both: two conditions on one header are not the narrower of them, so only equal ones go together. */
function withoutBoth(block: Block, ours: unknown): Outcome {
  const outcome = equalMap(block, 'withoutHeaders', ours);
  return outcome === undefined ? undefined : 'unclear';
}

function equalOrNew(block: Block, key: string, ours: unknown): Outcome {
  if (ours === undefined) return undefined;
  const theirs = block[key];
  if (theirs !== undefined && !isSameJson(theirs, ours)) return 'apart';
  block[key] = ours;
  return undefined;
}

function equalMap(block: Block, key: string, ours: unknown): Outcome {
  if (ours === undefined) return undefined;
  const merged: Block = { ...fieldsOf(block[key]) };
  const outcomes = Object.entries(fieldsOf(ours)).map(([name, is]) => equalOrNew(merged, name, is));
  block[key] = merged;
  return worst(outcomes);
}

const worst = (outcomes: readonly Outcome[]): Outcome =>
  outcomes.find((outcome) => outcome === 'apart') ?? outcomes.find(Boolean);

function gatewaysOf(block: Block, ours: readonly string[], namespace: string): Outcome {
  if (ours.length === 0) return undefined;
  const keys = ours.map((gateway) => gatewayKey(gateway, namespace));
  const theirs = textsOf(block['gateways']);
  const both =
    theirs.length === 0 ? ours : theirs.filter((one) => keys.includes(gatewayKey(one, namespace)));
  block['gateways'] = both;
  return both.length === 0 ? 'apart' : undefined;
}

/** With gateways in a block Istio ignores what it asks of the caller (istio §1.3). */
function hidesCaller(both: Fields, theirs: Fields, ours: Fields): boolean {
  if (!asksForGateway(both) || !asksForCaller(both)) return false;
  return asksForCaller(ours) || !asksForGateway(theirs);
}

export const asksForGateway = ({ gateways }: Fields): boolean => textsOf(gateways).length > 0;

export const asksForCaller = ({ sourceLabels, sourceNamespace }: Fields): boolean =>
  Object.keys(fieldsOf(sourceLabels)).length > 0 ||
  (typeof sourceNamespace === 'string' && sourceNamespace !== '');
