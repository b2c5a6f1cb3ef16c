import type { PatchOperation } from './patch.js';
import { isSameJson } from '../spec-fields.js';

/**
 * The document after a JSON Patch (RFC 6902, without `move` and `copy`), or
 * `undefined` when a test fails or a place is not there: then nothing changes.
 */
export function applyPatch<T>(document: T, operations: readonly PatchOperation[]): T | undefined {
  let at: unknown = document;
  for (const operation of operations) {
    const next = change(at, keysOf(operation.path), operation);
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
  if (key === undefined || typeof node !== 'object' || node === null) return failed;
  return Array.isArray(node)
    ? inList(node, key, rest, operation)
    : inFields(node as Fields, key, rest, operation);
}

type Fields = Readonly<Record<string, unknown>>;

function inFields(
  fields: Fields,
  key: string,
  rest: readonly string[],
  operation: PatchOperation,
): unknown {
  const isThere = Object.hasOwn(fields, key);
  if (!isThere && (operation.op !== 'add' || rest.length > 0)) return failed;
  if (rest.length > 0) {
    const next = change(fields[key], rest, operation);
    return next === failed ? failed : { ...fields, [key]: next };
  }
  if (operation.op === 'test') return isSameJson(fields[key], operation.value) ? fields : failed;
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
  const isAddition = operation.op === 'add' && rest.length === 0;
  const index = placeIn(list, key, isAddition);
  if (index === undefined) return failed;
  if (rest.length > 0) {
    const next = change(list[index], rest, operation);
    return next === failed ? failed : list.with(index, next);
  }
  switch (operation.op) {
    case 'test':
      return isSameJson(list[index], operation.value) ? list : failed;
    case 'add':
      return list.toSpliced(index, 0, operation.value);
    case 'remove':
      return list.toSpliced(index, 1);
    case 'replace':
      return list.with(index, operation.value);
  }
}

/** `-` is the place behind the last one, which an addition may name too (RFC 6901, 4). */
function placeIn(list: readonly unknown[], key: string, isAddition: boolean): number | undefined {
  if (key === '-') return isAddition ? list.length : undefined;
  if (!/^(?:0|[1-9]\d*)$/.test(key)) return undefined;
  const last = isAddition ? list.length : list.length - 1;
  return Number(key) <= last ? Number(key) : undefined;
}
