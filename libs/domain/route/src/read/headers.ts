import { fieldsOf } from '@spillway/domain-istio';
import { textMapOf, textsOf } from './value.js';
import type { Fields } from './value.js';

/** `set` overwrites, `add` appends a line, `remove` drops every line. */
export interface HeaderChanges {
  readonly set: Readonly<Record<string, string>>;
  readonly add: Readonly<Record<string, string>>;
  readonly remove: readonly string[];
}

export interface HeaderOperations {
  readonly request: HeaderChanges;
  readonly response: HeaderChanges;
  /** Setting or adding `host` or `:authority` rewrites the host instead of a header. */
  readonly authority?: string;
}

export const noChanges: HeaderChanges = { set: {}, add: {}, remove: [] };

export const noOperations: HeaderOperations = { request: noChanges, response: noChanges };

export function readHeaders(headers: Fields): HeaderOperations {
  const request = fieldsOf(headers['request']);
  const authority = authorityIn(request['set']) ?? authorityIn(request['add']);
  return {
    request: readChanges(request),
    response: readChanges(fieldsOf(headers['response'])),
    ...(authority === undefined ? {} : { authority }),
  };
}

const isAuthority = (name: string): boolean => /^(host|:authority)$/i.test(name);

/** Pseudo headers and `host` are no headers to a proxy: such operations are dropped. */
const isInternal = (name: string): boolean => name.startsWith(':') || isAuthority(name);

const authorityIn = (headers: unknown): string | undefined =>
  Object.entries(textMapOf(headers)).findLast(([name]) => isAuthority(name))?.[1];

const readChanges = (changes: Fields): HeaderChanges => ({
  set: withoutInternal(changes['set']),
  add: withoutInternal(changes['add']),
  remove: textsOf(changes['remove']).filter((name) => !isInternal(name)),
});

const withoutInternal = (headers: unknown): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(textMapOf(headers)).filter(([name]) => !isInternal(name)));
