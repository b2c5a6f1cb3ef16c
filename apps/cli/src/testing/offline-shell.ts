import { readFileSync, readdirSync } from 'node:fs';
import { main } from '../cli.js';
import { FakeIo, type FakeOptions } from './fake-io.js';
import { words, type Outcome } from './shell.js';

export type { Outcome };

/** Runs command lines where there is no server, no address and no token. */
export async function offline(line: string, options: FakeOptions = {}): Promise<Outcome> {
  const env = { SPILLWAY_TOKEN: '', SPILLWAY_URL: 'no address', ...options.env };
  const io = new FakeIo({ ...options, env });
  const code = await main(words(line), io);
  return { code, ...io.written };
}

const folder = new URL('./classic/', import.meta.url);

/** What people write by hand, right and wrong; each file by its name. What is no YAML is called .txt here, for the formatter. */
export const classics: Readonly<Record<string, string>> = Object.fromEntries(
  readdirSync(folder).map((name) => [
    name.replace(/\.txt$/, ''),
    readFileSync(new URL(name, folder), 'utf8'),
  ]),
);
