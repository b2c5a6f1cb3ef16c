/** What one version gave in a window. Null: an answer that is no number. */
export interface ArmWindow {
  readonly value?: number | null;
  readonly requests?: number;
  readonly errors?: number;
  readonly histogram?: {
    readonly upperBounds: readonly number[];
    readonly counts: readonly number[];
  };
}

/** One past look: a row of a file, or a measurement of a release. */
export interface PastWindow {
  /** As it was written. */
  readonly at?: string;
  /** How messages call it, such as `errors.csv:12`. */
  readonly place: string;
  readonly candidate: ArmWindow;
  readonly stable: ArmWindow;
  /** Why there is no value, where there is none. */
  readonly error?: string;
  readonly weight?: number;
  readonly segment?: string | number;
  /** Of everything since the beginning, for a group-sequential plan. */
  readonly z?: number;
  readonly fraction?: number;
  readonly information?: number;
  readonly n?: number;
}

/** Without the fields that are undefined. */
export const present = <Fields extends object>(
  fields: Fields,
): { [Key in keyof Fields]?: Exclude<Fields[Key], undefined> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Key in keyof Fields]?: Exclude<Fields[Key], undefined>;
  };
