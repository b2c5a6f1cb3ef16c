import { InvalidArgumentError } from 'commander';
import { parse } from 'yaml';
import type { Io } from '../../../io.js';
import { readInput } from '../../../read-input.js';
import { UsageError } from '../../../usage-error.js';

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `--set outliers.strategy=remove`, several times; the value is JSON, or else a text. */
export function settingOf(written: string, before: Fields = {}): Fields {
  const at = written.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('Write it as key=value.');
  return withValue(before, written.slice(0, at).split('.'), valueOf(written.slice(at + 1)));
}

function valueOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

function withValue(fields: Fields, [key = '', ...rest]: readonly string[], value: unknown): Fields {
  if (rest.length === 0) return { ...fields, [key]: value };
  const inner = fields[key];
  return { ...fields, [key]: withValue(isFields(inner) ? inner : {}, rest, value) };
}

/** Settings of a file, with those of the command line over them. */
export async function replaySettings(
  io: Io,
  file: string | undefined,
  set: Fields,
): Promise<Fields> {
  return file === undefined ? set : merged(await readSettings(io, file), set);
}

async function readSettings(io: Io, file: string): Promise<Fields> {
  const text = await readInput(io, file);
  let read: unknown;
  try {
    read = parse(text);
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message.split('\n')[0] : String(thrown);
    throw new UsageError(`${file} is no YAML: ${reason}`, 'Correct it.');
  }
  if (isFields(read)) return read;
  throw new UsageError(`${file} has no fields.`, 'Write settings such as "alpha: 0.001" into it.');
}

const merged = (under: Fields, over: Fields): Fields => ({
  ...under,
  ...Object.fromEntries(
    Object.entries(over).map(([key, value]) => {
      const below = under[key];
      return [key, isFields(value) && isFields(below) ? merged(below, value) : value];
    }),
  ),
});
