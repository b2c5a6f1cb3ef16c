import type { Spot } from '../../object/spot.js';

export type Labels = Readonly<Record<string, string>>;

export const labelsOf = (map: Spot): Labels =>
  Object.fromEntries(map.entries().map(([key, { text }]) => [key, text]));

/** Labels that Istio adds to endpoints by where they run; no manifest need have them. */
const added = /^(topology\.istio\.io\/|topology\.kubernetes\.io\/|kubernetes\.io\/hostname$)/;

/** Whether the labels have all of `wanted`. */
export const carries = (labels: Labels, wanted: Labels): boolean =>
  Object.entries(wanted).every(([key, value]) => labels[key] === value);

/** The same for an endpoint, whose place is not known unless it is written down. */
export const mayCarry = (labels: Labels, wanted: Labels): boolean =>
  Object.entries(wanted).every(
    ([key, value]) => labels[key] === value || (added.test(key) && labels[key] === undefined),
  );

export const isSameLabels = (a: Labels, b: Labels): boolean => carries(a, b) && carries(b, a);
