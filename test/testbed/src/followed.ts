import { setTimeout as pause } from 'node:timers/promises';
import type { KubeHttp, KubeList, KubeObject } from './kube-http.js';

export interface Following {
  readonly http: KubeHttp;
  /** A collection, e.g. `/api/v1/pods`. */
  readonly path: string;
  readonly signal: AbortSignal;
  /** `undefined`: it is gone. */
  readonly onChange: (key: string, object: KubeObject | undefined) => void;
}

/**
 * Follows a collection until `signal`. Resolves after the first list. While the
 * API server is away nothing changes, and afterwards what was missed is told.
 */
export async function follow(following: Following): Promise<void> {
  const known = new Set<string>();
  let version = await list(following, known);
  void (async () => {
    while (!following.signal.aborted) {
      try {
        await watch(following, version, known);
        version = await list(following, known);
      } catch {
        await pause(100);
      }
    }
  })();
}

const keyOf = ({ metadata }: KubeObject): string => `${metadata.namespace}/${metadata.name}`;

async function list({ http, path, onChange }: Following, known: Set<string>): Promise<string> {
  const { metadata, items } = await http.get<KubeList>(path);
  const now = new Map(items.map((item) => [keyOf(item), item]));
  for (const key of known) if (!now.has(key)) onChange(key, undefined);
  known.clear();
  for (const [key, item] of now) {
    known.add(key);
    onChange(key, item);
  }
  return metadata.resourceVersion;
}

async function watch(
  { http, path, signal, onChange }: Following,
  version: string,
  known: Set<string>,
): Promise<void> {
  for await (const { type, object } of http.watch(
    `${path}?watch=true&resourceVersion=${version}`,
    signal,
  )) {
    // The version is too old to go on from; the list that follows tells what was missed.
    if (type === 'ERROR') return;
    const isGone = type === 'DELETED';
    if (isGone) known.delete(keyOf(object));
    else known.add(keyOf(object));
    onChange(keyOf(object), isGone ? undefined : object);
  }
}
