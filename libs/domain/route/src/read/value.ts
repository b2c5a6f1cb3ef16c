import { fieldsOf, listOf } from '@spillway/domain-istio';

export type Fields = ReturnType<typeof fieldsOf>;

/** A text that says something: an empty one means "not set" wherever Istio reads one. */
export const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

export const numberOf = (value: unknown): number | undefined =>
  typeof value === 'number' ? value : undefined;

export const textsOf = (value: unknown): readonly string[] =>
  listOf(value).filter((item): item is string => typeof item === 'string');

/** An object that is there at all, even an empty one. */
export const givenFields = (value: unknown): Fields | undefined =>
  typeof value === 'object' && value !== null ? fieldsOf(value) : undefined;

export const textMapOf = (value: unknown): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(fieldsOf(value)).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );

/** Leaves out what is not set, so that "absent" has one form only. */
export const defined = <Shape extends object>(shape: {
  readonly [Key in keyof Shape]: Shape[Key] | undefined;
}): Shape =>
  Object.fromEntries(Object.entries(shape).filter(([, value]) => value !== undefined)) as Shape;
