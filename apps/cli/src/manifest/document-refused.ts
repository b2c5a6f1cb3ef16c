import type { Manifest } from './manifest.js';

/** A document of a file was not taken; the cause says why. Those before it were. */
export class DocumentRefused extends Error {
  override readonly name = 'DocumentRefused';

  constructor(
    /** `shop.yaml:14 (document 3, Strategy canary-10)` */
    readonly place: string,
    /** Those that were not sent any more. */
    readonly left: readonly Manifest[],
    override readonly cause: unknown,
  ) {
    super(`The document at ${place} was not taken.`, { cause });
  }
}
