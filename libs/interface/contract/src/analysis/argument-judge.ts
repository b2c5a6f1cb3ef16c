import { ok, refusal, refuse, type Refusal, type Result } from '@spillway/kernel';
import type { z } from 'zod';
import { parse } from '../schema/parse.js';
import type { JudgeInput } from './offline-judge.js';

const isFields = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The first part that is no object. */
const notFields = (part: string): Refusal =>
  refusal('INVALID_INPUT', `${part}: expected object.`, 'Write it as {"name": value}.', part);

/**
 * What is computed from arguments alone: each may stand in settings or in measurements, for nothing
 * says which of the two a weight or a time is.
 */
export function gathered({
  settings = {},
  measurements = {},
}: JudgeInput): Result<Readonly<Record<string, unknown>>, Refusal> {
  if (!isFields(settings)) return refuse(notFields('settings'));
  return isFields(measurements)
    ? ok({ ...settings, ...measurements })
    : refuse(notFields('measurements'));
}

/** Reads all arguments, and names a wrong one by where it stands. */
export function readArguments<Schema extends z.ZodType>(
  schema: Schema,
  all: Readonly<Record<string, unknown>>,
  { measurements }: JudgeInput,
): Result<z.output<Schema>, Refusal> {
  const read = parse(schema, all);
  if (read.ok) return read;
  const { message, field, ...rest } = read.error;
  const first = field?.split(/[.[]/)[0] ?? '';
  const part = isFields(measurements) && first in measurements ? 'measurements' : 'settings';
  const text = field === undefined ? message.replace(/^The document/, part) : `${part}.${message}`;
  return refuse({ ...rest, message: text, field: field === undefined ? part : `${part}.${field}` });
}
