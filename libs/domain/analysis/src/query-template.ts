const variable = /\{\{\s*([^{}]*?)\s*\}\}/g;

/** What may stand in a query that people write. */
export const queryVariables = [
  'namespace',
  'service',
  'version',
  'cluster',
  'window',
  'windowSeconds',
] as const;
export type QueryVariable = (typeof queryVariables)[number];

export type RenderedQuery =
  | { readonly kind: 'query'; readonly text: string }
  | { readonly kind: 'unknownVariable'; readonly name: string };

/** Whether a template asks for one version, so that stable can be asked for too. */
export const namesVersion = (template: string): boolean =>
  [...template.matchAll(variable)].some(([, name]) => name === 'version');

/** Fills in `{{variable}}`s. */
export function renderQuery(
  template: string,
  values: Readonly<Partial<Record<QueryVariable, string>>>,
): RenderedQuery {
  const known = new Map(Object.entries(values));
  const unknown = [...template.matchAll(variable)].find(([, name = '']) => !known.has(name));
  if (unknown !== undefined) return { kind: 'unknownVariable', name: unknown[1] ?? '' };
  return {
    kind: 'query',
    text: template.replace(variable, (_, name: string) => known.get(name) ?? ''),
  };
}
