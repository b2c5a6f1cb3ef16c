/** How requests get to a version beside the weights. */
export interface SplitCircumstances {
  /** A cookie or a hash keeps a client at its version. */
  readonly stickySessions?: boolean;
  /** Requests that match a header, cookie or query go to one version. */
  readonly headerRoutes?: boolean;
  /** Copies of the stable version's requests go to the candidate. */
  readonly mirror?: boolean;
  /** What is counted has retries in it: attempts, not requests. */
  readonly retries?: boolean;
}

const reasons: readonly (readonly [keyof SplitCircumstances, string])[] = [
  ['stickySessions', 'sticky sessions split clients, not requests'],
  ['headerRoutes', 'matched requests go to a version beside its weight'],
  ['mirror', 'copies are counted at the candidate beside its weight'],
  [
    'retries',
    'a retry stays with the version that was picked, so a version that fails counts more',
  ],
];

/**
 * Why counted requests say nothing of the programmed split; undefined where they do. A mismatch
 * found nonetheless would hold a release for what its owner has asked for.
 */
export function whySplitCannotBeJudged(circumstances: SplitCircumstances): string | undefined {
  const found = reasons.filter(([name]) => circumstances[name] === true).map(([, why]) => why);
  return found.length === 0 ? undefined : found.join('; ');
}
