import { createRequire } from 'node:module';

interface Examples {
  readonly name: string;
  readonly examples: readonly unknown[];
}

const recorded = createRequire(import.meta.url)(
  '@octokit/webhooks-examples',
) as readonly Examples[];

/** A payload as GitHub sent it; `change` merges into it on the way. */
export function recordedPayload(event: string, index = 0): Record<string, never> {
  const found = recorded.find(({ name }) => name === event)?.examples[index];
  if (found === undefined) throw new Error(`no example ${index} of ${event} was recorded`);
  return structuredClone(found) as Record<string, never>;
}
