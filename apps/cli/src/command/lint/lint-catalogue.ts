import {
  relationCatalogue,
  ruleCatalogue,
  schemaCatalogue,
  type CatalogueEntry,
} from '@spillway/domain-lint';

/** What is found before there is any object. */
export const syntaxEntry: CatalogueEntry = {
  code: 'YAML_SYNTAX',
  severity: 'error',
  means: 'The text is no YAML, or no JSON.',
  consequence: 'Nothing of the document reaches the cluster.',
  next: 'Correct the syntax.',
};

const entriesOf = (
  catalogue: Readonly<Record<string, Omit<CatalogueEntry, 'code'>>>,
): readonly CatalogueEntry[] =>
  Object.entries(catalogue).map(([code, meaning]) => ({ code, ...meaning }));

/** Every code that `spillway lint` may report, by what is looked at. */
export const lintCatalogue = {
  file: [syntaxEntry],
  schema: entriesOf(schemaCatalogue),
  object: ruleCatalogue,
  relation: entriesOf(relationCatalogue),
} as const satisfies Readonly<Record<string, readonly CatalogueEntry[]>>;

export const lintEntries: readonly CatalogueEntry[] = Object.values(lintCatalogue).flat();
