/**
 * `error`: istiod or the API server refuses it, or requests fail. `warning`: it is
 * accepted and does something else than it says. `info`: it has no effect.
 */
export type Severity = 'error' | 'warning' | 'info';

/** One thing that is wrong with an object, or between objects. */
export interface Finding {
  /** Stable, SCREAMING_SNAKE, e.g. `WEIGHT_NEGATIVE`. */
  readonly code: string;
  /** The code that `istioctl analyze` gives to the same thing, e.g. `IST0109`, where it has one. */
  readonly istio?: string;
  readonly severity: Severity;
  readonly object: {
    readonly kind: string;
    readonly namespace: string;
    readonly name: string;
  };
  /** e.g. `spec.http[0].route[1].weight`; empty for the object as a whole. */
  readonly path: string;
  /** What is wrong, with the offending value. One sentence. */
  readonly message: string;
  /** What happens at run time. One sentence. */
  readonly consequence: string;
  /** What to do. One sentence. */
  readonly next: string;
}
