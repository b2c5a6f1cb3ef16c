import { describe, expect, it } from '@jest/globals';
import { readRoot } from './workspace.js';

interface LockEntry {
  readonly resolved?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const { packages } = JSON.parse(readRoot('package-lock.json')) as {
  packages: Readonly<Record<string, LockEntry>>;
};

/** Node's own look-up: beside the package, then beside each package around it. */
function isLocked(from: string, name: string): boolean {
  if (`${from}/node_modules/${name}` in packages) return true;
  if (from === '') return `node_modules/${name}` in packages;
  return isLocked(from.replace(/(^|\/)(node_modules\/)?(@[^/]+\/)?[^/]+$/, ''), name);
}

describe('package-lock.json', () => {
  it('locks every optional dependency, or "npm ci" refuses it on the platform that is missing', () => {
    const missing = Object.entries(packages).flatMap(([path, entry]) =>
      Object.keys(entry.optionalDependencies ?? {})
        .filter((name) => !isLocked(path, name))
        .map((name) => `${path} wants ${name}`),
    );
    expect(missing).toEqual([]);
  });

  it('finds a missing one', () => {
    expect(isLocked('node_modules/nx', 'no-such-package')).toBe(false);
    expect(isLocked('node_modules/@swc/core', '@swc/core-linux-x64-gnu')).toBe(true);
  });

  it('names no registry, so that it installs from whichever one a machine uses', () => {
    const urls = Object.values(packages).filter(({ resolved }) => resolved?.includes('://'));
    expect(urls).toEqual([]);
  });
});
