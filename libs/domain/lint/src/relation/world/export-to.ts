import type { MeshObject } from '@spillway/domain-istio';
import { Spot } from '../../object/spot.js';

/** Which namespaces see an object: all (`*`) or those that are named. */
export type Audience = '*' | ReadonlySet<string>;

export function audienceOf({ metadata, spec }: MeshObject): Audience {
  return audience(textsOf(new Spot(spec, 'spec').at('exportTo')), metadata.namespace);
}

/** A Service says it in an annotation, with commas. */
export function audienceOfService({ metadata }: MeshObject): Audience {
  const names = metadata.annotations?.['networking.istio.io/exportTo'] ?? '';
  return audience(
    String(names)
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== ''),
    metadata.namespace,
  );
}

function audience(names: readonly string[], own: string): Audience {
  if (names.length === 0 || names.includes('*')) return '*';
  return new Set(names.map((name) => (name === '.' ? own : name)));
}

export const isSeenBy = (audience: Audience, namespace: string): boolean =>
  audience === '*' || audience.has(namespace);

/** Whether some namespace sees both. */
export function shareSomebody(a: Audience, b: Audience): boolean {
  if (a === '*' || b === '*') return true;
  return [...a].some((name) => b.has(name));
}

export const isSameAudience = (a: Audience, b: Audience): boolean => shown(a) === shown(b);

const shown = (audience: Audience): string =>
  audience === '*' ? audience : [...audience].toSorted().join();

const textsOf = (list: Spot): readonly string[] => list.texts().map(({ text }) => text);
