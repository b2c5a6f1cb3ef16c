import { expect } from '@jest/globals';
import { offline } from './offline-shell.js';

/** A case as people write it. */
export interface WrittenCase {
  readonly judge: string;
  readonly settings?: object;
  readonly measurements?: object;
  readonly name?: string;
}

export interface PrintedVerdict {
  readonly name?: string;
  readonly judge: string;
  readonly verdict: string;
  readonly because: string;
  readonly evidence: Readonly<Record<string, unknown>>;
}

/** What the command prints for cases. */
export async function evaluated(cases: readonly WrittenCase[]): Promise<readonly PrintedVerdict[]> {
  const { code, stdout, stderr } = await offline('analysis evaluate - -o json', {
    stdin: JSON.stringify(cases),
  });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout) as readonly PrintedVerdict[];
}

export async function evaluatedOne(given: WrittenCase): Promise<PrintedVerdict> {
  const [verdict] = await evaluated([given]);
  if (verdict === undefined) throw new Error('there is no verdict');
  return verdict;
}

/** A figure of the evidence by its path, such as `looks.0.bound`. */
export const figureAt = (evidence: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>((at, key) => (at as Readonly<Record<string, unknown>>)[key], evidence);

/** What a function of `boundary` gives. */
export async function computed(name: string, given: object): Promise<unknown> {
  const { evidence } = await evaluatedOne({
    judge: 'boundary',
    settings: { function: name, ...given },
  });
  return evidence['result'];
}

/**
 * As many digits as a published value has: half a unit of its last digit, plus what rounding of the
 * published one may add.
 */
export function expectPublished(actual: unknown, published: number): void {
  const digits = String(published)
    .replace(/e.*$/, '')
    .replace(/^[-0.]+/, '')
    .replace('.', '').length;
  const unit = 10 ** (Math.floor(Math.log10(Math.abs(published))) - digits + 1);
  expect(Math.abs(Number(actual) - published)).toBeLessThanOrEqual(0.51 * unit);
}
