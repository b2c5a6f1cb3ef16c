import type { Series } from './answer.js';
import { hostLabel } from './istio-metrics.js';

type Labels = Series['labels'];

/** Of the label sets that a mesh has beside its hosts there are few: versions, outcomes, and bounds. */
const most = 10_000;
let known = 0;
/** Walked along by a set's names and values. */
let root = aNode();

interface Node {
  readonly next: Map<string, Map<string, Node>>;
  labels?: Labels;
}

/** Two lists, not a list of objects: of those there were hundreds of thousands to collect. */
interface Kept {
  readonly labels: Labels[];
  readonly values: number[];
}

/**
 * The series of a host, without the label that says it. Equal labels are one object: answers for
 * thousands of services are kept, and their labels would be most of them.
 */
export function seriesByHost(series: readonly Series[]): (host: string) => readonly Series[] {
  const byHost = new Map<string, Kept>();
  for (const { labels, value } of series) {
    const host = labels[hostLabel] ?? '';
    const kept = byHost.get(host) ?? { labels: [], values: [] };
    if (kept.values.length === 0) byHost.set(host, kept);
    kept.labels.push(othersOf(labels));
    kept.values.push(value);
  }
  return (host) => {
    const { labels = [], values = [] } = byHost.get(host) ?? {};
    return labels.map((one, i) => ({ labels: one, value: values[i] ?? Number.NaN }));
  };
}

function othersOf(labels: Labels): Labels {
  let node = root;
  for (const name in labels) {
    if (name !== hostLabel) node = walk(node, name, labels[name] ?? '');
  }
  return (node.labels ??= keep(labels));
}

function keep({ [hostLabel]: _host, ...others }: Labels): Labels {
  known += 1;
  if (known > most) [root, known] = [aNode(), 0];
  return others;
}

function walk({ next }: Node, name: string, value: string): Node {
  const values = next.get(name) ?? new Map<string, Node>();
  if (values.size === 0) next.set(name, values);
  const node = values.get(value) ?? aNode();
  if (!values.has(value)) values.set(value, node);
  return node;
}

function aNode(): Node {
  return { next: new Map() };
}
