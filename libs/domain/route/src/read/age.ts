import type { MeshObject } from '@spillway/domain-istio';

/** What decides between objects that claim the same: age, then name, then namespace. */
export interface Aged {
  readonly name: string;
  readonly namespace: string;
  /** Milliseconds; an object without a timestamp counts as older than all others. */
  readonly created: number;
}

export const agedName = ({ metadata }: MeshObject): Aged => ({
  name: metadata.name,
  namespace: metadata.namespace,
  created: timeOf(metadata.creationTimestamp),
});

function timeOf(timestamp: string | undefined): number {
  const time = timestamp === undefined ? Number.NaN : Date.parse(timestamp);
  return Number.isNaN(time) ? Number.NEGATIVE_INFINITY : time;
}

const compareTexts = (a: string, b: string): number => {
  if (a === b) return 0;
  return a < b ? -1 : 1;
};

export function oldestFirst(a: Aged, b: Aged): number {
  if (a.created !== b.created) return a.created < b.created ? -1 : 1;
  return compareTexts(a.name, b.name) || compareTexts(a.namespace, b.namespace);
}
