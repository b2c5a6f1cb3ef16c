import { z } from 'zod';
import type { document } from '../../schema/document.js';
import { inWords, jsonNumber } from '../non-finite.js';

type Arguments = ReturnType<typeof document>;

const plain = z.union([jsonNumber, z.boolean()]);

/** What a function gives: numbers by name, lists of them, or a list of rows. */
export const result = z.record(
  z.string(),
  z.union([plain, z.array(plain), z.array(z.record(z.string(), plain))]),
);

export type FunctionResult = z.output<typeof result>;

/** A figure as a function has it: undefined where there is none, or one that JSON does not know. */
type Figure = number | boolean | undefined;
type Figures = Figure | readonly number[] | readonly Readonly<Record<string, number | boolean>>[];

export interface NamedFunction {
  readonly about: string;
  readonly arguments: Arguments;
  compute(given: unknown): FunctionResult;
}

export const namedFunction = <Given extends Arguments>(
  about: string,
  given: Given,
  compute: (given: z.output<Given>) => Readonly<Record<string, Figures>>,
): NamedFunction => ({
  about,
  arguments: given,
  // What comes here has been read by `arguments`.
  compute: (read) => toResult(compute(read as z.output<Given>)),
});

const toResult = (figures: Readonly<Record<string, Figures>>): FunctionResult =>
  Object.fromEntries(
    Object.entries(figures).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, shown(value)] as const],
    ),
  );

function shown(value: Exclude<Figures, undefined>): FunctionResult[string] {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') return inWords(value);
  return isNumbers(value) ? value.map(inWords) : value.map((row) => ({ ...row }));
}

const isNumbers = (list: readonly unknown[]): list is readonly number[] =>
  list.every((one) => typeof one === 'number');

/** An e-value with what is read from it. */
export const eFigures = (logE: number) => ({
  logE,
  eValue: Math.exp(logE),
  pValue: Math.min(1, Math.exp(-logE)),
});
