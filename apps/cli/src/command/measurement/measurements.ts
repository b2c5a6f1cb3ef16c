import type { MeasurementDocument } from '@spillway/sdk';
import { parse } from 'yaml';
import type { Io } from '../../io.js';
import { readInput } from '../../read-input.js';
import { UsageError } from '../../usage-error.js';

export interface PushOptions {
  readonly metric?: string;
  readonly cluster?: string;
  readonly service?: string;
  readonly version?: string;
  readonly value?: number;
  readonly requests?: number;
  readonly errors?: number;
  readonly at?: string;
  readonly file?: string;
  readonly idempotencyKey?: string;
}

/** Those of the file, or the one that the options describe. */
export async function measurementsOf(
  { file, idempotencyKey: _key, ...options }: PushOptions,
  io: Io,
): Promise<readonly MeasurementDocument[]> {
  if (file === undefined) return [oneOf(options)];
  const [stray] = Object.keys(options);
  if (stray === undefined) return read(await readInput(io, file), file);
  throw new UsageError(
    `--${stray} means nothing with --file.`,
    'Write it into the file, or leave --file out.',
  );
}

const needed = ['metric', 'cluster', 'service', 'version'] as const;

/** The server says what is wrong with a figure; here only what a document cannot be without. */
function oneOf(options: Omit<PushOptions, 'file' | 'idempotencyKey'>): MeasurementDocument {
  const missing = needed.find((name) => options[name] === undefined);
  if (missing !== undefined) {
    throw new UsageError(`--${missing} is not given.`, `Add --${missing}, or give a --file.`);
  }
  return options as MeasurementDocument;
}

/** The cast is an honest guess: the server checks every field and names the wrong ones. */
function read(text: string, file: string): readonly MeasurementDocument[] {
  const written = parsed(text, file);
  const all = isObject(written) && 'measurements' in written ? written.measurements : written;
  const list: readonly unknown[] = Array.isArray(all) ? all : [all];
  if (list.length > 0 && list.every(isObject)) return list as readonly MeasurementDocument[];
  throw new UsageError(
    `"${file}" has no measurement, or something else beside them.`,
    'Write one measurement, or a list of them, as the REST documents have them.',
  );
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function parsed(text: string, file: string): unknown {
  try {
    return parse(text) as unknown;
  } catch (thrown) {
    const [reason = ''] = thrown instanceof Error ? thrown.message.split('\n') : [];
    throw new UsageError(`"${file}" is not understood: ${reason}`, 'Correct the YAML or JSON.');
  }
}
