import { printable } from './printable.js';

/** What things are asked for by, best first. */
const keys = ['id', 'name', 'namespace', 'service'] as const;

/** For `--quiet`: the id or name of each thing on a line of its own, ready for the next command. */
export function identitiesOf(value: unknown): string {
  const things = Array.isArray(value) ? (value as readonly unknown[]) : [value];
  return things
    .flatMap((thing) => identityOf(thing) ?? [])
    .map((identity) => `${printable(identity)}\n`)
    .join('');
}

function identityOf(thing: unknown): string | undefined {
  if (typeof thing === 'string') return thing;
  if (typeof thing !== 'object' || thing === null) return undefined;
  const fields = thing as Readonly<Record<string, unknown>>;
  return keys.map((key) => fields[key]).find((one) => typeof one === 'string');
}
