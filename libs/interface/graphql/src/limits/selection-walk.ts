import { Kind, type FieldNode, type FragmentDefinitionNode, type SelectionSetNode } from 'graphql';

export type Fragments = (name: string) => FragmentDefinitionNode | null | undefined;

/**
 * Measures a selection from the leaves up: `measure` gets each field with what
 * is below it, `combine` the parts of a selection. A fragment is measured once,
 * however often it is spread, and one that contains itself counts as nothing:
 * another rule refuses it.
 */
export function measureSelection(
  root: SelectionSetNode,
  fragments: Fragments,
  measure: (field: FieldNode, below: number) => number,
  combine: (parts: readonly number[]) => number,
): number {
  const known = new Map<string, number>();
  const ofSet = (set: SelectionSetNode | undefined): number =>
    combine(
      (set?.selections ?? []).map((selection) => {
        switch (selection.kind) {
          case Kind.FIELD:
            return measure(selection, ofSet(selection.selectionSet));
          case Kind.INLINE_FRAGMENT:
            return ofSet(selection.selectionSet);
          case Kind.FRAGMENT_SPREAD:
            return ofFragment(selection.name.value);
        }
      }),
    );
  const ofFragment = (name: string): number => {
    const before = known.get(name);
    if (before !== undefined) return before;
    known.set(name, 0);
    const measured = ofSet(fragments(name)?.selectionSet);
    known.set(name, measured);
    return measured;
  };
  return ofSet(root);
}

/** Questions about the schema itself are deep by nature and cost nothing. */
export const isAboutSchema = (field: FieldNode): boolean => field.name.value.startsWith('__');
