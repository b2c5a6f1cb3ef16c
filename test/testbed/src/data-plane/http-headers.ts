import type { Json } from './clusters.js';
import type { HeaderOperations, Headers } from './istio-objects.js';

const isAuthority = (name: string): boolean => /^(?:host|:authority)$/i.test(name);

/** Setting the host is a rewrite to Envoy. */
export function authorityOf(headers: Headers | undefined): string | undefined {
  const { set = {}, add = {} } = headers?.request ?? {};
  return Object.entries({ ...add, ...set }).find(([name]) => isAuthority(name))?.[1];
}

/** One after the other: a rule's come before those of its single destination. */
export function headerOperations(...all: readonly (Headers | undefined)[]): Json {
  const requests = all.map((headers) => headers?.request ?? {});
  const responses = all.map((headers) => headers?.response ?? {});
  return {
    request_headers_to_add: requests.flatMap(changes),
    request_headers_to_remove: requests.flatMap(({ remove = [] }) => remove),
    response_headers_to_add: responses.flatMap(changes),
    response_headers_to_remove: responses.flatMap(({ remove = [] }) => remove),
  };
}

const changes = ({ set = {}, add = {} }: HeaderOperations): readonly Json[] => [
  ...changed(set, 'OVERWRITE_IF_EXISTS_OR_ADD'),
  ...changed(add, 'APPEND_IF_EXISTS_OR_ADD'),
];

const changed = (table: Readonly<Record<string, string>>, append_action: string): readonly Json[] =>
  Object.entries(table)
    .filter(([name]) => !isAuthority(name))
    .map(([key, value]) => ({ header: { key, value }, append_action }));
