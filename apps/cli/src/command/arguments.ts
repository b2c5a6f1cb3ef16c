import { parseDuration } from '@spillway/kernel';
import { InvalidArgumentError } from 'commander';

/** For options that may be given several times. */
export const label = (
  written: string,
  before: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> => {
  const at = written.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('Write it as key=value.');
  return { ...before, [written.slice(0, at)]: written.slice(at + 1) };
};

export const wholeNumber =
  (least: number) =>
  (written: string): number => {
    const number = Number(written);
    if (/^\d+$/.test(written) && Number.isSafeInteger(number) && number >= least) return number;
    throw new InvalidArgumentError(`Write a whole number from ${least}.`);
  };

export const decimal = (written: string): number => {
  const number = Number(written);
  if (written.trim() !== '' && Number.isFinite(number)) return number;
  throw new InvalidArgumentError('Write a number.');
};

export const service = (written: string): string => {
  if (/^[^/]+\/[^/]+$/.test(written)) return written;
  throw new InvalidArgumentError('Write it as namespace/name.');
};

/** A length of time, in milliseconds. */
export const time = (written: string): number => {
  const ms = parseDuration(written);
  if (ms !== undefined && ms > 0) return ms;
  throw new InvalidArgumentError('Write a length of time, such as 90s, 30m or 2h.');
};
