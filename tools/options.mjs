/**
 * What a tool was asked for on its command line. `--help` says what it takes, made of the same table;
 * what it does not take is refused before anything is built or started.
 */
import * as util from 'node:util';
import { requireNode, say, stop } from './workspace.mjs';

/** Kinds of options, and what each makes of its text. */
const kinds = {
  yes: (given) => given,
  text: (given) => given,
  texts: (given) => given,
  count: (given, name) => countOf(given, name),
  counts: (given, name) => given.split(',').map((one) => countOf(one, name)),
};

const shown = { yes: '', text: ' text', texts: ' text …', count: ' n', counts: ' n,n,…' };

/**
 * @param {string} command as it is typed: "npm run chaos"
 * @param {Record<string, [kind: keyof typeof kinds, meaning: string, usual?: unknown]>} table
 * @returns {Record<string, unknown>} what was given, and what is usual for the rest
 */
export function optionsOf(command, table) {
  requireNode();
  const usage = usageOf(command, table);
  try {
    const values = parsed(table);
    if (values.help) {
      say(usage);
      process.exit(0);
    }
    return Object.fromEntries(
      Object.entries(table).flatMap(([name, [kind, , usual]]) => {
        const value = values[name] === undefined ? usual : kinds[kind](values[name], name);
        return value === undefined ? [] : [[name, value]];
      }),
    );
  } catch (error) {
    return stop(`${error.message}\n\n${usage}`, 2);
  }
}

function parsed(table) {
  const options = Object.entries(table).map(([name, [kind]]) => [
    name,
    { type: kind === 'yes' ? 'boolean' : 'string', multiple: kind === 'texts' },
  ]);
  // By name it could not be imported by a Node too old to have it, which is to be told so.
  return util.parseArgs({
    options: { ...Object.fromEntries(options), help: { type: 'boolean', short: 'h' } },
  }).values;
}

function countOf(text, name) {
  const number = Number(text);
  if (Number.isInteger(number) && number > 0) return number;
  throw new Error(`--${name} takes whole numbers from 1 on, not "${text}".`);
}

function usageOf(command, table) {
  const rows = Object.entries(table).map(([name, [kind, meaning, usual]]) => [
    `--${name}${shown[kind]}`,
    `${meaning}${usual === undefined ? '' : ` (${usual})`}`,
  ]);
  const width = Math.max(...rows.map(([option]) => option.length));
  return [
    `${command} takes, after "--":`,
    ...rows.map(([option, meaning]) => `  ${option.padEnd(width)}  ${meaning}`),
  ].join('\n');
}
