import { fieldsOf } from '@spillway/domain-istio';
import type { Refusal } from '@spillway/kernel';
import type { Io } from '../../io.js';
import { keysOf } from '../../mesh-file/place.js';
import { readInput } from '../../read-input.js';
import { UsageError } from '../../usage-error.js';
import { toRouteRequest, type RouteRequest } from './route-request.js';

export interface Requests {
  readonly requests: readonly RouteRequest[];
  /** Whether a list was given: then a list is answered. */
  readonly isList: boolean;
}

/** `--request`: JSON itself, `@file`, or `-` for standard input. */
export async function readRequests(io: Io, written: string): Promise<Requests> {
  const input = jsonOf(await textOf(io, written));
  const isList = Array.isArray(input);
  const list: readonly unknown[] = isList ? input : [input];
  if (list.length === 0) throw new UsageError('The list of requests is empty.', howTo);
  const requests = list.map((one, index) => {
    const read = toRouteRequest(one);
    if (read.ok) return read.value;
    throw wrong(read.error, one, isList ? `[${index}]` : '');
  });
  return { requests, isList };
}

const howTo =
  'Write --request \'{"host":"shop.demo","path":"/","from":{"namespace":"demo"}}\', or @file, or -.';

const textOf = (io: Io, written: string): Promise<string> => {
  if (written === '-') return readInput(io, '-');
  return written.startsWith('@') ? readInput(io, written.slice(1)) : Promise.resolve(written);
};

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    throw new UsageError(`The request is no JSON: ${reason}.`, howTo);
  }
}

function wrong({ message, field = '' }: Refusal, input: unknown, prefix: string): UsageError {
  const place = `request${prefix}${field === '' ? '' : '.'}`;
  const value = keysOf(field).reduce((at, key) => fieldsOf(at)[key], input);
  const shown = value === undefined ? '' : ` Its value is ${cut(JSON.stringify(value))}.`;
  const said = field === '' ? message.replace(/^The document/, '') : message;
  return new UsageError(
    `${place}${said}${shown}`,
    'Correct it. docs/schemas/route-request.schema.json has every field.',
  );
}

const longestShown = 80;

const cut = (text: string): string =>
  text.length > longestShown ? `${text.slice(0, longestShown)}…` : text;
