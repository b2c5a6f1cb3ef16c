import {
  relationCatalogue,
  ruleCatalogue,
  schemaCatalogue,
  type CatalogueEntry,
} from '@spillway/domain-lint';

/** What is found before anything is known of Istio. */
export const syntaxEntry: CatalogueEntry = {
  code: 'YAML_SYNTAX',
  severity: 'error',
  means: 'The text is no YAML, or no JSON.',
  consequence: 'Nothing of the document reaches the cluster.',
  next: 'Correct the syntax.',
};

export const twiceEntry: CatalogueEntry = {
  code: 'OBJECT_TWICE',
  severity: 'warning',
  means: 'Two documents are the same object.',
  consequence: 'The cluster holds the one that is applied last, and the other one is lost.',
  next: 'Keep one of them; check folders for different clusters one by one.',
};

const entriesOf = (
  catalogue: Readonly<Record<string, Omit<CatalogueEntry, 'code'>>>,
): readonly CatalogueEntry[] =>
  Object.entries(catalogue).map(([code, meaning]) => ({ code, ...meaning }));

/** Every code that `spillway lint` may report, by what is looked at. */
export const lintCatalogue = {
  file: [syntaxEntry, twiceEntry],
  schema: entriesOf(schemaCatalogue),
  object: ruleCatalogue,
  relation: entriesOf(relationCatalogue),
} as const satisfies Readonly<Record<string, readonly CatalogueEntry[]>>;

export const lintEntries: readonly CatalogueEntry[] = Object.values(lintCatalogue).flat();
