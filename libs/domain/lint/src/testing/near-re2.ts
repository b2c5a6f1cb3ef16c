import type { RegexEngine } from '@spillway/domain-istio';
import { ok, refuse } from '@spillway/kernel';

/** What JavaScript knows and RE2 does not: look-around and back-references. */
const foreign = /\(\?(?:<?[=!])|\\[1-9]/;

/** Near enough to RE2 for tests: the real one is a library, which tests of the domain do without. */
export const nearRe2: RegexEngine = {
  compile(pattern) {
    if (foreign.test(pattern)) return refuse('invalid or unsupported Perl syntax');
    try {
      const compiled = new RegExp(`^(?:${pattern})$`, 'u');
      return ok({ matches: (text) => compiled.test(text) });
    } catch (error) {
      return refuse(String(error));
    }
  },
};
