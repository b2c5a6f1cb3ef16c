import { formatDuration, splitServiceName, type Version } from '@spillway/kernel';
import type { MetricQuestion } from '@spillway/application';

const variable = /\{\{\s*([^{}]*?)\s*\}\}/g;

export type RenderedTemplate =
  | { readonly kind: 'query'; readonly promql: string }
  | { readonly kind: 'unknownVariable'; readonly name: string };

/** Whether a template asks for one version, so that stable can be asked for too. */
export const namesVersion = (template: string): boolean =>
  [...template.matchAll(variable)].some(([, name]) => name === 'version');

/** Fills in `{{namespace}} {{service}} {{version}} {{window}}`. */
export function renderTemplate(
  template: string,
  { service, window }: MetricQuestion,
  version: Version,
): RenderedTemplate {
  const { namespace, name } = splitServiceName(service.service);
  const values = new Map<string, string>([
    ['namespace', escapeLabelValue(namespace)],
    ['service', escapeLabelValue(name)],
    ['version', escapeLabelValue(version)],
    ['window', formatDuration(window)],
  ]);
  const unknown = [...template.matchAll(variable)].find(([, key = '']) => !values.has(key));
  if (unknown !== undefined) return { kind: 'unknownVariable', name: unknown[1] ?? '' };
  const promql = template.replace(variable, (_, key: string) => values.get(key) ?? '');
  return { kind: 'query', promql };
}

/** For a quoted label value: nothing in it can end the quotes. */
const escapeLabelValue = (text: string): string =>
  text
    .replaceAll('\\', String.raw`\\`)
    .replaceAll('"', String.raw`\"`)
    .replaceAll('\n', String.raw`\n`);
