import { lintObject, lintSchema, type Finding } from '@spillway/domain-lint';
import { istioApiVersion, type RegexEngine } from '@spillway/domain-istio';
import type { RehearsedWrite } from './rehearse.js';

/** What lint finds in the objects as they will be. The same thing in the next step is not said again. */
export function findingsOf(
  writes: readonly RehearsedWrite[],
  regex: RegexEngine,
): readonly Finding[] {
  const found = new Map<string, Finding>();
  for (const { after } of writes) {
    if (after === undefined || after.kind === 'Deployment') continue;
    const object = { ...after, apiVersion: istioApiVersion };
    const schema = lintSchema(object);
    const paths = new Set(schema.map(({ path }) => path));
    // Where the shape is wrong already, what the rules make of it is no news.
    const rules = lintObject(object, { regex }).filter(({ path }) => !paths.has(path));
    for (const finding of [...schema, ...rules]) found.set(keyOf(finding), finding);
  }
  return [...found.values()];
}

const keyOf = ({ code, object, path }: Finding): string =>
  `${code} ${object.kind} ${object.namespace}/${object.name} ${path}`;
