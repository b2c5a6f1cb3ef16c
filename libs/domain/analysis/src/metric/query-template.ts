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

const namesIn = (template: string): readonly string[] =>
  [...template.matchAll(variable)].map(([, name = '']) => name);

/** Whether a template asks for one version, so that stable can be asked for too. */
export const namesVersion = (template: string): boolean => namesIn(template).includes('version');

/** The first variable of a template that is none of the known ones. */
export const unknownVariable = (template: string, known: readonly string[]): string | undefined =>
  namesIn(template).find((name) => !known.includes(name));

/** Fills in `{{variable}}`s. */
export function renderQuery(
  template: string,
  values: Readonly<Partial<Record<QueryVariable, string>>>,
): RenderedQuery {
  const known = new Map(Object.entries(values));
  const unknown = unknownVariable(template, [...known.keys()]);
  if (unknown !== undefined) return { kind: 'unknownVariable', name: unknown };
  return {
    kind: 'query',
    text: template.replace(variable, (_, name: string) => known.get(name) ?? ''),
  };
}
