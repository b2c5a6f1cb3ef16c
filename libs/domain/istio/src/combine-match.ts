import type { HttpMatchRequest } from './istio-object.js';
import { fieldsOf, isSameJson, type Fields } from './spec-fields.js';

/** `apart`: no request is meant by both. `unclear`: one block cannot say what both mean. */
export type Combined = { readonly match: Fields } | 'apart' | 'unclear';

const texts = ['uri', 'scheme', 'method', 'authority'] as const;
const maps = ['headers', 'withoutHeaders', 'queryParams'] as const;

/**
 * The block for requests that both blocks mean: a route in front of people's
 * must not take what theirs would not have taken.
 */
export function combineMatch(theirs: unknown, ours: HttpMatchRequest): Combined {
  const combined: Record<string, unknown> = { ...fieldsOf(theirs) };
  const own = fieldsOf(ours);
  const outcomes = [
    ...texts.map((key) => narrow(combined, key, own[key])),
    ...maps.map((key) => narrowMap(combined, key, own[key])),
    equalOrNew(combined, 'port', own['port']),
    equalOrNew(combined, 'sourceNamespace', own['sourceNamespace']),
    equalMap(combined, own['sourceLabels']),
    caseOf(combined, own),
    gatewaysOf(combined, own['gateways']),
  ];
  if (outcomes.includes('apart')) return 'apart';
  return outcomes.includes('unclear') ? 'unclear' : { match: combined };
}

type Outcome = 'apart' | 'unclear' | undefined;
type Block = Record<string, unknown>;

function narrow(block: Block, key: string, ours: unknown): Outcome {
  const theirs = block[key];
  if (ours === undefined) return undefined;
  if (theirs === undefined || isPresence(theirs)) {
    block[key] = ours;
    return undefined;
  }
  const both = narrower(fieldsOf(theirs), fieldsOf(ours));
  if (typeof both === 'string') return both;
  block[key] = both;
  return undefined;
}

const isPresence = (match: unknown): boolean => Object.keys(fieldsOf(match)).length === 0;

/** Of two conditions on one text the one that implies the other. */
function narrower(a: Fields, b: Fields): Fields | 'apart' | 'unclear' {
  if (isPresence(b) || isSameJson(a, b)) return a;
  const [aText, bText] = [plain(a), plain(b)];
  if (aText === undefined || bText === undefined) return 'unclear';
  if (implies(a, bText, b)) return a;
  return implies(b, aText, a) ? b : 'apart';
}

const plain = ({ exact, prefix }: Fields): string | undefined => {
  const text = exact ?? prefix;
  return typeof text === 'string' ? text : undefined;
};

const implies = (narrow: Fields, text: string, wide: Fields): boolean =>
  'prefix' in wide && (plain(narrow) ?? '').startsWith(text);

/** In `withoutHeaders` two conditions on one header are not the narrower of them, so only equal ones go together. */
function narrowMap(block: Block, key: string, ours: unknown): Outcome {
  if (ours === undefined) return undefined;
  const merged: Block = { ...fieldsOf(block[key]) };
  const outcomes = Object.entries(fieldsOf(ours)).map(([name, match]) =>
    key === 'withoutHeaders'
      ? equalOrNew(merged, name, match, 'unclear')
      : narrow(merged, name, match),
  );
  block[key] = merged;
  if (outcomes.includes('apart')) return 'apart';
  return outcomes.includes('unclear') ? 'unclear' : undefined;
}

function equalOrNew(block: Block, key: string, ours: unknown, or: Outcome = 'apart'): Outcome {
  if (ours === undefined) return undefined;
  const theirs = block[key];
  if (theirs !== undefined && !isSameJson(theirs, ours)) return or;
  block[key] = ours;
  return undefined;
}

function equalMap(block: Block, ours: unknown): Outcome {
  if (ours === undefined) return undefined;
  const merged: Block = { ...fieldsOf(block['sourceLabels']) };
  const outcomes = Object.entries(fieldsOf(ours)).map(([key, is]) => equalOrNew(merged, key, is));
  block['sourceLabels'] = merged;
  // With gateways in the block Istio ignores the caller's labels (istio §1.3).
  return block['gateways'] === undefined ? outcomes.find(Boolean) : 'unclear';
}

function caseOf(block: Block, { uri, ignoreUriCase }: Fields): Outcome {
  if (uri === undefined) return undefined;
  const theirs = block['ignoreUriCase'] === true;
  if (theirs === (ignoreUriCase === true)) return undefined;
  if (!isSameJson(block['uri'], uri)) return 'unclear';
  block['ignoreUriCase'] = ignoreUriCase === true;
  return undefined;
}

function gatewaysOf(block: Block, ours: unknown): Outcome {
  if (!Array.isArray(ours)) return undefined;
  const theirs = block['gateways'];
  const both = Array.isArray(theirs) ? theirs.filter((one) => ours.includes(one)) : ours;
  block['gateways'] = both;
  return both.length === 0 ? 'apart' : undefined;
}
