import { parse } from 'yaml';
import { fieldsOf, listOf, type Fields } from '../spec-fields.js';
import type { LiveObject } from '../istio-object.js';
import type { MeshService } from '../traffic.js';
import { aMeshService } from './a-traffic.js';

/** A VirtualService as people write it, in the words of its file. */
export function peoples(yaml: string): LiveObject {
  const { metadata, spec } = parse(yaml) as { metadata?: Fields; spec: unknown };
  const { labels, annotations } = metadata ?? {};
  return {
    kind: 'VirtualService',
    metadata: {
      name: 'catalog',
      namespace: 'shop',
      labels: fieldsOf(labels) as Record<string, string>,
      annotations: fieldsOf(annotations) as Record<string, string>,
      resourceVersion: '1',
      managers: [],
    },
    spec,
  };
}

/** The service whose VirtualService `shop/catalog` is people's. */
export const anAdoptedService = (
  routes?: readonly string[],
  overrides: Partial<MeshService> = {},
): MeshService =>
  aMeshService({
    ownership: {
      kind: 'adopted',
      virtualService: { namespace: 'shop', name: 'catalog' },
      ...(routes === undefined ? {} : { routes }),
    },
    ...overrides,
  });

/** As an API server may give it back: the same values, with maps in another order. */
export const reordered = <T>(value: T): T => {
  if (Array.isArray(value)) return value.map(reordered) as T;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, one]) => [key, reordered(one)] as const);
  return Object.fromEntries(entries.reverse()) as T;
};

/** The same text for the same JSON. */
export const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, one: unknown) =>
    typeof one === 'object' && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  );

export const routesIn = (live: LiveObject, section = 'http'): readonly Fields[] =>
  listOf(fieldsOf(live.spec)[section]).map(fieldsOf);
