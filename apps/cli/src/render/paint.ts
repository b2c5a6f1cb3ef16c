import type { Io } from '../io.js';

/** What a piece of text means; each has one look. */
export type Tone = 'good' | 'bad' | 'waiting' | 'busy' | 'quiet' | 'strong';

export type Paint = (tone: Tone, text: string) => string;

const codes: Readonly<Record<Tone, string>> = {
  good: '32',
  bad: '31',
  waiting: '33',
  busy: '36',
  quiet: '2',
  strong: '1',
};

const escape = '\u001b[';

export const plain: Paint = (_tone, text) => text;

export const coloured: Paint = (tone, text) =>
  text === '' ? '' : `${escape}${codes[tone]}m${text}${escape}0m`;

/** Set by every CI system. Some of them give a terminal, though nobody looks at it. */
export const isCi = (env: Io['env']): boolean => !['', 'false', '0'].includes(env['CI'] ?? '');

/** A terminal that understands escape sequences and that a person looks at; not a file or a pipe. */
export const isScreen = ({ stdout, env }: Pick<Io, 'stdout' | 'env'>): boolean =>
  stdout.isTTY && env['TERM'] !== 'dumb' && !isCi(env);

/** https://no-color.org: any value but an empty one. */
export const paintFor = (io: Pick<Io, 'stdout' | 'env'>): Paint =>
  isScreen(io) && !io.env['NO_COLOR'] ? coloured : plain;
