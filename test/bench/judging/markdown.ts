import { quantile, wilson } from './rates.js';

export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

export const percent = (share: number): string => {
  const digits = share > 0 && share < 0.1 ? 2 : 1;
  return `${(100 * share).toFixed(digits).replace(/\.0+$/, '')} %`;
};

export const whole = new Intl.NumberFormat('en-US');

/** `0.31 % (0.22–0.44)`. */
export function rate(count: number, n: number): string {
  const { low, high } = wilson(count, n);
  const end = (share: number): string => (100 * share).toFixed(2).replace(/\.00$/, '');
  return `${percent(count / n)} (${end(low)}–${end(high)})`;
}

/** Seconds until so many of the releases were found. */
export function secondsAt(values: readonly number[], share: number): string {
  const found = quantile(values, share);
  return Number.isFinite(found) ? `${whole.format(found)} s` : 'not found';
}
