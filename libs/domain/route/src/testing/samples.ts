/** Texts to match against, and for each pattern some that fit it and some that do not. */
export interface TextSamples {
  readonly exact: readonly string[];
  readonly prefix: readonly string[];
  /** Patterns that mean the same to RE2 and to JavaScript. */
  readonly regex: Readonly<Record<string, PatternSamples>>;
}

export interface PatternSamples {
  readonly fits: readonly string[];
  readonly misses: readonly string[];
}

export const pathTexts: TextSamples = {
  exact: ['/', '/cart', '/cart/1', '/Items'],
  prefix: ['/', '/cart', '/c', '/items/', '/Items'],
  regex: {
    '/items/[0-9]+': {
      fits: ['/items/7', '/items/42'],
      misses: ['/items/', '/items/7/x', '/ITEMS/7'],
    },
    '.*': { fits: ['/', '/anything/at/all'], misses: [] },
    '/(cart|items).*': { fits: ['/cart', '/items/7'], misses: ['/x', '/ca'] },
  },
};

export const headerTexts: TextSamples = {
  exact: ['r1', 'canary', 'true'],
  prefix: ['r', 'can'],
  regex: {
    'r[0-9]': { fits: ['r1', 'r2'], misses: ['r', 'r12', 'xr1'] },
    '(.*;\\s*)?rel=v2(;.*)?': {
      fits: ['rel=v2', 'a=b; rel=v2; c=d'],
      misses: ['rel=v1', 'xrel=v2'],
    },
    '.*': { fits: ['', 'anything'], misses: [] },
  },
};

export const queryTexts: TextSamples = {
  exact: ['1', 'on', ''],
  prefix: ['o', '1'],
  regex: { '[0-9]+': { fits: ['1', '42'], misses: ['', 'on'] } },
};

export const headerNames = ['x-release', 'cookie', 'end-user'] as const;
export const queryNames = ['debug', 'version'] as const;
export const methods = ['GET', 'POST', 'DELETE'] as const;
