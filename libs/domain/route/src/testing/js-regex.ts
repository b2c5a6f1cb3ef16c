import type { RegexEngine } from '@spillway/domain-istio';
import { ok, refuse } from '@spillway/kernel';

/** JavaScript's own patterns in place of RE2: good for those that mean the same in both dialects. */
export const jsRegex: RegexEngine = {
  compile: (pattern) => {
    try {
      const compiled = new RegExp(`^(?:${pattern})$`, 'su');
      return ok({ matches: (text) => compiled.test(text) });
    } catch (failure) {
      return refuse(String(failure));
    }
  },
};
