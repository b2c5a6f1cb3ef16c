import { fieldsOf, listOf, type MeshObject } from '@spillway/domain-istio';
import { isKind } from '../manifest/kinds.js';

/** An object and the path to it in its document: empty, or an item of a list. */
export interface FoundObject {
  readonly object: MeshObject;
  readonly path: string;
}

/**
 * The objects of Kubernetes in a document: one, the items of a list, or none when
 * it is something else, such as a document of Spillway's own.
 */
export function meshObjects(value: unknown, namespace: string): readonly FoundObject[] {
  const { apiVersion, kind, items, metadata } = fieldsOf(value);
  if (typeof kind !== 'string') return [];
  if (kind.endsWith('List') && Array.isArray(items)) {
    return listOf(items).flatMap((item, index) =>
      meshObjects(item, namespace).map(({ object, path }) => ({
        object,
        path: `items[${index}].${path}`,
      })),
    );
  }
  const isNamed = typeof metadata === 'object' && metadata !== null;
  // Who forgets apiVersion wants to hear of it; Spillway's own documents have neither.
  if (typeof apiVersion !== 'string' && (!isNamed || isKind(kind))) return [];
  return [{ object: completed(fieldsOf(value), namespace), path: '' }];
}

/** With the texts that the type promises. What else is there stays as it was written. */
function completed(written: ReturnType<typeof fieldsOf>, namespace: string): MeshObject {
  const { apiVersion, kind, metadata } = written;
  const fields = fieldsOf(metadata);
  return {
    ...written,
    apiVersion: textOf(apiVersion),
    kind: textOf(kind),
    metadata: {
      ...fields,
      name: textOf(fields['name']),
      namespace: textOf(fields['namespace']) || namespace,
    },
    spec: written['spec'],
  };
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
