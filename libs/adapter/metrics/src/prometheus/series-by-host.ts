import type { Series } from './answer.js';
import { hostLabel } from './istio-metrics.js';

export type ByHost = ReadonlyMap<string, readonly Series[]>;

/** Of the label sets that a mesh has beside its hosts there are few: versions, outcomes, and bounds. */
const most = 10_000;
const known = new Map<string, Series['labels']>();

/**
 * The series of each host, without the label that says it. Equal labels are one object: answers for
 * thousands of services are kept, and their labels would be most of them.
 */
export function seriesByHost(series: readonly Series[]): ByHost {
  const byHost = new Map<string, Series[]>();
  for (const { labels, value } of series) {
    const host = labels[hostLabel] ?? '';
    const one = { labels: othersOf(labels), value };
    const before = byHost.get(host);
    if (before === undefined) byHost.set(host, [one]);
    else before.push(one);
  }
  return byHost;
}

function othersOf(labels: Series['labels']): Series['labels'] {
  let key = '';
  for (const name in labels) {
    const value = labels[name] ?? '';
    if (name !== hostLabel) key += `${name} ${value.length} ${value}`;
  }
  const before = known.get(key);
  if (before !== undefined) return before;
  const { [hostLabel]: _host, ...others } = labels;
  if (known.size >= most) known.clear();
  known.set(key, others);
  return others;
}
