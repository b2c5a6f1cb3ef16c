import { z } from 'zod';
import { nearest } from './did-you-mean.js';

const quoted = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ');

function unknownFields(written: readonly string[], known: readonly string[]): string {
  const [first = ''] = written;
  const meant = nearest(first, known);
  return meant === undefined
    ? `${quoted(written)} is not known here; known: ${known.join(', ')}`
    : `${quoted(written)} is not known here; did you mean "${meant}"?`;
}

/**
 * An object that a person writes. A field that nobody reads is refused: a
 * mistyped `failureLimt` must not pass for a limit.
 */
export const document = <Shape extends z.core.$ZodLooseShape>(shape: Shape) =>
  z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? unknownFields(issue.keys ?? [], Object.keys(shape))
        : undefined,
  });

function wrongChoice(input: unknown, known: readonly string[]): string {
  const written = typeof input === 'object' && input !== null ? Object.keys(input) : [];
  const [only] = written;
  const meant = written.length === 1 && only !== undefined ? nearest(only, known) : undefined;
  const hint = meant === undefined || meant === only ? '' : `; did you mean "${meant}"?`;
  return `give exactly one of ${known.join(', ')}${hint}`;
}

/** Exactly one of several documents, told apart by their fields. `known` names them in messages. */
export const oneOf = <Options extends readonly [z.ZodType, ...z.ZodType[]]>(
  known: readonly string[],
  options: Options,
) => z.union(options, { error: (issue) => wrongChoice(issue.input, known) });
