import { EVERYTHING, type BasisPoints, type Version } from '@spillway/kernel';
import {
  entriesOf,
  toVersion,
  versionsAt,
  weightsOf,
  type Is,
  type Pair,
} from './adopted-version.js';
import { destinationOf } from '../render/render-destination.js';
import { isOurCookie, stickyOf, withCookie } from '../render/sticky.js';
import { fieldsOf, type Fields } from '../spec-fields.js';
import type { Traffic } from '../traffic.js';

/**
 * The route with the wanted split of what stable and candidate have together.
 * Other destinations keep the share that they have.
 */
export function withSplit(route: Fields, traffic: Traffic, namespace: string): Fields {
  const is = versionsAt(traffic, namespace);
  const entries = entriesOf(route);
  const weights = weightsOf(entries);
  const share = shareOf(entries, weights, is);
  const { scale, candidate } = inWholes(share, traffic.exposure.weight);
  const isKnown = entries.some(is.candidate);
  const split = entries.flatMap((entry, i) => {
    if (is.candidate(entry)) return [stuck(entry, traffic, traffic.candidate, candidate)];
    if (!is.stable(entry)) return [{ ...entry, weight: (weights[i] ?? 0) * scale }];
    const kept = stuck(entry, traffic, traffic.stable, share * scale - candidate);
    if (isKnown) return [kept];
    const destination = toVersion(entry, traffic.service, traffic.candidate);
    return [kept, stuck({ ...entry, destination }, traffic, traffic.candidate, candidate)];
  });
  return { ...route, route: split };
}

/** What stable and candidate have together. */
const shareOf = (entries: readonly Fields[], weights: readonly number[], is: Is): number =>
  sum(weights.filter((_, i) => isEither(is, entries[i] ?? {})));

const isEither = (is: Is, entry: Fields): boolean => is.stable(entry) || is.candidate(entry);

const sum = (weights: readonly number[]): number =>
  weights.reduce((total, weight) => total + weight, 0);

/** Weights are whole numbers; their sum is free (istio §2.2). */
function inWholes(
  share: number,
  weight: BasisPoints,
): { readonly scale: number; readonly candidate: number } {
  const scale = EVERYTHING / greatestDivisor(share * weight, EVERYTHING);
  return { scale, candidate: (share * scale * weight) / EVERYTHING };
}

const greatestDivisor = (a: number, b: number): number => (b === 0 ? a : greatestDivisor(b, a % b));

function stuck(entry: Fields, traffic: Traffic, version: Version, weight: number): Fields {
  const sticky = stickyOf(traffic);
  if (sticky === undefined) return { ...entry, weight };
  const bare = { destination: destinationOf(traffic.service, version) };
  const added = withCookie(traffic, sticky, bare, version).headers?.response.add;
  const headers = fieldsOf(entry['headers']);
  const response = fieldsOf(headers['response']);
  const add = { ...fieldsOf(response['add']), ...added };
  return { ...entry, headers: { ...headers, response: { ...response, add } }, weight };
}

/** The split with the candidate where stable was, and what the candidate had added to it. */
export function promotedSplit(route: Fields, pair: Pair, namespace: string): Fields {
  const is = versionsAt(pair, namespace);
  const toCandidate = (entry: Fields): Fields => ({
    ...entry,
    destination: toVersion(entry, pair.service, pair.candidate),
  });
  return { ...route, route: merged(entriesOf(route), is, toCandidate) };
}

/**
 * The split with all of the candidate's share given to stable: what is known of a
 * route whose original is lost.
 */
export function strippedSplit(route: Fields, pair: Pair, namespace: string): Fields {
  const is = versionsAt(pair, namespace);
  const left = merged(entriesOf(route), is, (entry) => withoutOurCookie(entry, pair));
  const [only] = left;
  if (left.length > 1 || only === undefined) return { ...route, route: left };
  const { weight: _alone, ...entry } = only;
  return { ...route, route: [entry] };
}

/** Without the candidate's entries; the first of stable's has their weight besides its own. */
function merged(
  entries: readonly Fields[],
  is: Is,
  changed: (stable: Fields) => Fields,
): readonly Fields[] {
  const weights = weightsOf(entries);
  const gained = sum(weights.filter((_, i) => is.candidate(entries[i] ?? {})));
  const left = entries.filter((entry) => !is.candidate(entry));
  const heir = entries.findIndex(is.stable);
  return entries.flatMap((entry, i) => {
    if (is.candidate(entry)) return [];
    if (!is.stable(entry)) return [entry];
    const gains = i === heir && gained > 0 && (left.length > 1 || 'weight' in entry);
    return [{ ...changed(entry), ...(gains ? { weight: (weights[i] ?? 0) + gained } : {}) }];
  });
}

function withoutOurCookie(entry: Fields, { stable, candidate }: Pair): Fields {
  const { headers, ...rest } = entry;
  const { response, ...otherHeaders } = fieldsOf(headers);
  const { add, ...otherResponse } = fieldsOf(response);
  const { 'set-cookie': cookie, ...otherAdded } = fieldsOf(add);
  if (!isOurCookie(cookie, [stable, candidate])) return entry;
  const left = {
    ...otherHeaders,
    ...nonEmpty('response', { ...otherResponse, ...nonEmpty('add', otherAdded) }),
  };
  return { ...rest, ...nonEmpty('headers', left) };
}

const nonEmpty = (key: string, fields: Fields): Fields =>
  Object.keys(fields).length === 0 ? {} : { [key]: fields };
