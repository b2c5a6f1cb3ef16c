import type { RegexEngine } from '@spillway/domain-istio';
import { ok, refuse } from '@spillway/kernel';
import { RE2JS, RE2JSSyntaxException } from 're2js';

/** RE2 itself, ported: accepts and refuses what Envoy and istiod do. */
export const re2: RegexEngine = {
  compile(pattern) {
    try {
      const compiled = RE2JS.compile(pattern);
      return ok({ matches: (text) => compiled.matches(text) });
    } catch (error) {
      if (error instanceof RE2JSSyntaxException) return refuse(error.message);
      throw error;
    }
  },
};
