import type { RegexEngine } from '@spillway/domain-istio';
import type { StepTemplate } from '@spillway/domain-release';
import type { RequestMatch, TextMatch } from '@spillway/domain-traffic';
import { refusal, type Refusal } from '@spillway/kernel';

/**
 * The first pattern of a strategy that is no RE2. An API server without istiod's
 * webhook would take it, and proxies would keep their old routes for good.
 */
export function refusePatterns(
  steps: readonly StepTemplate[],
  regex: RegexEngine,
): Refusal | undefined {
  for (const [index, step] of steps.entries()) {
    if (step.kind !== 'route') continue;
    for (const [block, match] of step.route.match.entries()) {
      for (const { path, pattern } of patternsOf(match)) {
        const compiled = regex.compile(pattern);
        if (compiled.ok) continue;
        const field = `steps[${index}].route.match[${block}].${path}`;
        return refusal(
          'INVALID_STRATEGY',
          `"${pattern}" is no pattern: ${compiled.error}.`,
          'Write it for RE2: no look-around, no back-references.',
          field,
        );
      }
    }
  }
  return undefined;
}

interface Pattern {
  readonly path: string;
  readonly pattern: string;
}

const texts = ['uri', 'method', 'authority', 'scheme'] as const;
const maps = ['headers', 'withoutHeaders', 'queryParams', 'cookies'] as const;

const patternsOf = (match: RequestMatch): readonly Pattern[] => [
  ...texts.flatMap((key) => patternOf(key, match[key])),
  ...maps.flatMap((key) =>
    Object.entries(match[key] ?? {}).flatMap(([name, one]) => patternOf(`${key}.${name}`, one)),
  ),
];

const patternOf = (path: string, match: TextMatch | undefined): readonly Pattern[] =>
  match !== undefined && 'regex' in match ? [{ path, pattern: match.regex }] : [];
