type Given<T> = { [Key in keyof T]: Exclude<T[Key], undefined> };

/** Without the fields that are `undefined`. */
export const given = <T extends object>(options: T): Given<T> =>
  Object.fromEntries(
    Object.entries(options).filter(([, value]) => value !== undefined),
  ) as Given<T>;
