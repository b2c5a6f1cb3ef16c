import { CodedError } from '@spillway/kernel';
import type { SourceQuestion } from '@spillway/application';

const variable = /\{\{\s*([^{}]*?)\s*\}\}/g;
const known: readonly string[] = ['query', 'from', 'to'];

export interface UrlTemplate {
  readonly origin: string;
  /** Path and query, with the variables filled in. */
  fill(question: SourceQuestion): string;
}

/**
 * `https://metrics.example/value?q={{query}}&from={{from}}`. Variables stand behind the host only:
 * whoever writes a query does not choose who gets the credentials.
 */
export function parseUrlTemplate(template: string): UrlTemplate {
  const unknown = [...template.matchAll(variable)].find(([, name = '']) => !known.includes(name));
  if (unknown !== undefined) {
    throw new CodedError(
      'INVALID_INPUT',
      `"${unknown[0]}" is no variable of an address.`,
      `Use ${known.map((name) => `{{${name}}}`).join(', ')}.`,
    );
  }
  const [, origin, rest] = /^(https?:\/\/[^/?#{}]+)(.*)$/is.exec(template) ?? [];
  if (origin === undefined || rest === undefined || !URL.canParse(origin)) throw notAnAddress();
  if (!/^(?:[/?#]|$)/.test(rest)) throw notAnAddress();
  return {
    origin,
    fill(question) {
      const { pathname, search } = new URL(`${origin}${filled(rest, question)}`);
      return `${pathname}${search}`;
    },
  };
}

const notAnAddress = (): CodedError =>
  new CodedError(
    'INVALID_INPUT',
    'The address does not begin with a scheme and a host without variables.',
    'Write it as in "https://metrics.example/value?q={{query}}".',
  );

const filled = (text: string, { query, from, to }: SourceQuestion): string => {
  const values = new Map([
    ['query', query],
    ['from', String(from / 1_000)],
    ['to', String(to / 1_000)],
  ]);
  return text.replace(variable, (_, name: string) => encodeURIComponent(values.get(name) ?? ''));
};
