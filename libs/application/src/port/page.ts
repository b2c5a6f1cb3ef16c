/** Ask for at most `limit` items after the one that `cursor` stands for. */
export interface PageRequest {
  readonly limit: number;
  /** Opaque; from the `next` of an earlier page. */
  readonly cursor?: string;
  /** The other way round than the list is otherwise; of lists by name, and of releases. */
  readonly isReversed?: boolean;
}

export interface Page<T> {
  readonly items: readonly T[];
  /** Of each item, to read on after it. */
  readonly cursors: readonly string[];
  /** Absent on the last page. */
  readonly next?: string;
}
