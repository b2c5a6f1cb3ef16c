import { EVERYTHING, type BasisPoints } from '@spillway/kernel';

/** So many, or a share of all. */
export type Portion = number | { readonly share: BasisPoints };

/** How many of `whole` that is: never more than was said, so a part of one is none. */
export const portionOf = (portion: Portion, whole: number): number =>
  typeof portion === 'number' ? portion : Math.floor((whole * portion.share) / EVERYTHING);
