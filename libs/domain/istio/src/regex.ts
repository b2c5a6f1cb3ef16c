import type { Result } from '@spillway/kernel';

/** A compiled RE2 pattern. */
export interface Regex {
  /** Whether the pattern matches the whole text, as Envoy asks it to. */
  matches(text: string): boolean;
}

/**
 * Istio's regular expressions are RE2, which is not JavaScript's dialect: no
 * look-around, no back-references, inline flags. Handed in, since an engine is a
 * library and this package has none.
 */
export interface RegexEngine {
  /** The pattern, or why it is none, in the engine's words. */
  compile(pattern: string): Result<Regex, string>;
}
