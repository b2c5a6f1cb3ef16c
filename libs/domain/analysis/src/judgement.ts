/**
 * What a judge says of measurements, with everything it was said from.
 *
 * - `fail`: evidence of harm. Nothing else takes traffic away from a version.
 * - `pass`: what was asked for is shown.
 * - `inconclusive`: looked, and cannot say; `because` says what is missing.
 * - `noData`: there was nothing to look at.
 * - `splitNotInForce`: requests are not split as programmed, so nothing may be concluded from them.
 */
export interface Judgement<Evidence> {
  readonly kind: 'pass' | 'fail' | 'inconclusive' | 'noData' | 'splitNotInForce';
  /** One plain sentence with the figures: `candidate 41 of 2,010 failed, stable 38 of 18,204: …`. */
  readonly because: string;
  readonly evidence: Evidence;
}
