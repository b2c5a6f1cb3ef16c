import { NoAnswer } from './json-source.js';

/** Why nothing is known, in a sentence that names who was asked. */
export const reasonOf = (url: string, error: unknown): string =>
  error instanceof NoAnswer
    ? error.message
    : `${url} gave an answer of another kind than istiod and Envoy give`;
