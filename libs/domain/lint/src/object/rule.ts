import type { MeshObject, RegexEngine } from '@spillway/domain-istio';
import type { Finding, Severity } from '../finding.js';
import type { Spot } from './spot.js';

/** A finding before it is known which object it is about. */
export type Remark = Omit<Finding, 'object'>;

/** What is the same in every finding of a rule. */
export interface Meaning {
  readonly severity: Severity;
  /** The code that `istioctl analyze` gives to it. */
  readonly istio?: string;
  /** What is wrong, in general. One line, for the catalogue. */
  readonly means: string;
  readonly consequence: string;
  readonly next: string;
}

/** One rule; `on` makes its finding of a spot. */
export interface Rule extends Meaning {
  readonly code: string;
  on(spot: Spot, message: string): Remark;
}

/** What a check may ask about besides the spot that it is given. */
export interface Scope {
  readonly object: MeshObject;
  /** Of the object; empty where it has none. */
  readonly namespace: string;
  readonly spec: Spot;
  readonly regex: RegexEngine;
  /** Istio 1.x that is to read the object. */
  readonly minor: number;
}

export type Check = (spot: Spot, scope: Scope) => Iterable<Remark>;

/** The rules of a topic, by code. The codes are written nowhere else. */
export function rules<Code extends string>(
  meanings: Readonly<Record<Code, Meaning>>,
): Readonly<Record<Code, Rule>> {
  const named = Object.entries<Meaning>(meanings).map(([code, meaning]) => [
    code,
    { code, ...meaning, on: (spot: Spot, message: string) => remark(code, meaning, spot, message) },
  ]);
  return Object.fromEntries(named) as Record<Code, Rule>;
}

const remark = (code: string, meaning: Meaning, { path }: Spot, message: string): Remark => ({
  code,
  ...(meaning.istio === undefined ? {} : { istio: meaning.istio }),
  severity: meaning.severity,
  path,
  message,
  consequence: meaning.consequence,
  next: meaning.next,
});

interface Wording {
  readonly next: string;
  readonly istio?: string;
}

/** Envoy takes a route configuration whole or not at all, so one bad route holds up its neighbours. */
export const frozenRoutes =
  'istiod sends it on, Envoy refuses the whole route configuration, and every host on that port keeps its old routes';

const stored = 'it is stored, and what proxies make of it is not defined';

/** istiod's webhook refuses it. `without`: what happens where the API server has no such webhook. */
export const refused = (
  means: string,
  { without = stored, next, istio = 'IST0106' }: Wording & { readonly without?: string },
): Meaning => ({
  severity: 'error',
  istio,
  means,
  consequence: `istiod's webhook refuses the object; without the webhook ${without}.`,
  next,
});

/** The API server itself refuses it, by a rule of the resource definition, and so does istiod. */
export const refusedByServer = (means: string, { next, istio = 'IST0106' }: Wording): Meaning => ({
  severity: 'error',
  istio,
  means,
  consequence:
    'The API server refuses the object (Istio 1.23 and newer; before, only the webhook).',
  next,
});

interface Effect extends Wording {
  readonly consequence: string;
}

/** istiod accepts it and says so in a warning. */
export const warned = (
  means: string,
  { consequence, next, istio = 'IST0133' }: Effect,
): Meaning => ({ severity: 'warning', istio, means, consequence, next });

/** Accepted without a word, and it does something else than it says. */
export const silent = (means: string, { consequence, next, istio }: Effect): Meaning => ({
  severity: 'warning',
  ...(istio === undefined ? {} : { istio }),
  means,
  consequence,
  next,
});
