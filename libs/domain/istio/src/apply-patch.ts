import type { PatchOperation } from './patch.js';
import { isSameJson } from './spec-fields.js';

/**
 * The document after a JSON Patch (RFC 6902, without `move` and `copy`), or
 * `undefined` when a test fails or a place is not there: then nothing changes.
 */
export function applyPatch<T>(document: T, operations: readonly PatchOperation[]): T | undefined {
  let at: unknown = document;
  for (const operation of operations) {
    const keys = keysOf(operation.path);
    const next = change(at, keys, operation);
    if (next === failed) return undefined;
    at = next;
  }
  return at as T;
}

const failed = Symbol('failed');

const keysOf = (path: string): readonly string[] =>
  path
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));

function change(node: unknown, keys: readonly string[], operation: PatchOperation): unknown {
  const [key, ...rest] = keys;
  if (key === undefined) return failed;
  if (Array.isArray(node)) return inList(node, key, rest, operation);
  if (typeof node !== 'object' || node === null) return failed;
  const fields = node as Readonly<Record<string, unknown>>;
  if (rest.length > 0) {
    const next = change(fields[key], rest, operation);
    return next === failed ? failed : { ...fields, [key]: next };
  }
  if (operation.op !== 'add' && !Object.hasOwn(fields, key)) return failed;
  if (operation.op === 'test') return isSameJson(fields[key], operation.value) ? node : failed;
  if (operation.op !== 'remove') return { ...fields, [key]: operation.value };
  const { [key]: _removed, ...left } = fields;
  return left;
}

function inList(
  list: readonly unknown[],
  key: string,
  rest: readonly string[],
  operation: PatchOperation,
): unknown {
  const index = key === '-' ? list.length : Number(key);
  const last = operation.op === 'add' && rest.length === 0 ? list.length : list.length - 1;
  if (!Number.isInteger(index) || index < 0 || index > last) return failed;
  if (rest.length > 0) {
    const next = change(list[index], rest, operation);
    return next === failed ? failed : list.with(index, next);
  }
  if (operation.op === 'test') return isSameJson(list[index], operation.value) ? list : failed;
  if (operation.op === 'add') return list.toSpliced(index, 0, operation.value);
  return operation.op === 'remove' ? list.toSpliced(index, 1) : list.with(index, operation.value);
}
