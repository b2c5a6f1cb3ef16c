/** What a person tells a release, with what the verb needs to know. */
export type Order = {
  /** Why, in the words of who asks; may be empty. */
  readonly comment: string;
} & (
  | {
      readonly verb: 'pause' | 'resume' | 'promote' | 'promoteFull' | 'abort' | 'restart';
    }
  /** Without a step the present one; a script that says which one can repeat the order. */
  | { readonly verb: 'skipStep'; readonly step?: number }
  | { readonly verb: 'jumpToStep'; readonly step: number }
);

export type OrderVerb = Order['verb'];

export const orderVerbs = [
  'pause',
  'resume',
  'promote',
  'promoteFull',
  'skipStep',
  'jumpToStep',
  'restart',
  'abort',
] as const satisfies readonly OrderVerb[];
