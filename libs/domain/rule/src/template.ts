import { ok, refuse, type Result } from '@spillway/kernel';
import { imageParts } from './image.js';
import type { Trigger } from './trigger.js';

/** What a placeholder stands for; `undefined` where the delivery does not say. */
const placeholders: Readonly<Record<string, (trigger: Trigger) => string | undefined>> = {
  event: ({ event }) => event,
  environment: ({ environment }) => environment,
  repository: ({ repository }) => repository,
  'repository.name': ({ repository }) => repository?.slice(repository.lastIndexOf('/') + 1),
  image: ({ image }) => image,
  'image.name': ({ image }) => image && imageParts(image).name,
  'image.tag': ({ image }) => image && imageParts(image).tag,
  branch: ({ branch }) => branch,
  tag: ({ tag }) => tag,
  sha: ({ sha }) => sha,
  service: ({ service }) => service,
  version: ({ version }) => version,
};

/** What can be made of a value before it is put in. */
const filters: Readonly<Record<string, (text: string) => string>> = {
  label: toLabel,
  lower: (text) => text.toLowerCase(),
  short: (text) => text.slice(0, 7),
};

/** `v1.2.3+build` → `v1-2-3-build`. Different texts may become the same: it is only done where it is asked for. */
function toLabel(text: string): string {
  const dashed = text.replace(/[^A-Za-z0-9-]+/g, '-').slice(0, 63);
  return dashed.replace(/^-+|-+$/g, '');
}

interface Placeholder {
  readonly written: string;
  readonly name: string;
  readonly filters: readonly string[];
}

const inBraces = /\{\{([^{}]*)\}\}/g;

const placeholdersIn = (template: string): readonly Placeholder[] =>
  [...template.matchAll(inBraces)].map(([written, inside = '']) => toPlaceholder(written, inside));

function toPlaceholder(written: string, inside: string): Placeholder {
  const [name = '', ...rest] = inside.split('|').map((part) => part.trim());
  return { written, name, filters: rest };
}

/** What is wrong with a template, whatever is delivered. */
export function templateFault(template: string): string | undefined {
  if (/[{}]/.test(template.replace(inBraces, ''))) {
    return 'has a brace that belongs to no {{ placeholder }}';
  }
  for (const { name, filters: asked } of placeholdersIn(template)) {
    if (!Object.hasOwn(placeholders, name)) return unknown('placeholder', name, placeholders);
    const wrong = asked.find((each) => !Object.hasOwn(filters, each));
    if (wrong !== undefined) return unknown('filter', wrong, filters);
  }
  return undefined;
}

const unknown = (what: string, name: string, known: object): string =>
  `"${name}" is no ${what}; known: ${Object.keys(known).join(', ')}`;

/** Whether it says the same for every delivery. */
export const isFixed = (template: string): boolean => placeholdersIn(template).length === 0;

/** Puts in what the delivery says, or names the first placeholder that it says nothing of. */
export function fillIn(template: string, trigger: Trigger): Result<string, string> {
  const missing = placeholdersIn(template).find((each) => valueOf(each, trigger) === undefined);
  if (missing !== undefined) return refuse(missing.written);
  return ok(
    template.replace(inBraces, (written: string, inside: string) =>
      String(valueOf(toPlaceholder(written, inside), trigger)),
    ),
  );
}

function valueOf({ name, filters: asked }: Placeholder, trigger: Trigger): string | undefined {
  const value = placeholders[name]?.(trigger);
  return value && asked.reduce((text, each) => filters[each]?.(text) ?? text, value);
}
