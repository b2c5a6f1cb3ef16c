import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

type Texts = Readonly<Record<string, string>>;

export interface WorkflowStep {
  readonly name: string;
  readonly id?: string;
  readonly if?: string;
  readonly run: string;
  readonly env?: Texts;
}

interface Job {
  readonly 'runs-on': string;
  readonly env: Texts;
  readonly steps: readonly WorkflowStep[];
}

export interface Workflow {
  readonly on: object;
  readonly permissions: object;
  readonly defaults: { readonly run: { readonly shell: string } };
  readonly jobs: Readonly<Record<string, Job>>;
}

/** YAML 1.2, so that the key `on` is a text, as GitHub reads it. */
export const readWorkflow = (file: string): Workflow =>
  parse(readFileSync(file, 'utf8'), { strict: true, uniqueKeys: true }) as Workflow;

/** As far as the example goes: names with dots, comparisons with a text, `cancelled()`, `!` and `&&`. */
export function valueOf(expression: string, names: Texts, isCancelled: boolean): string {
  const inner = /^\$\{\{ (.*) \}\}$/.exec(expression)?.[1];
  if (inner === undefined) {
    return expression.replaceAll(/\$\{\{ ([\w.]+) \}\}/g, (_, name: string) => named(names, name));
  }
  const parts = inner.split(' && ');
  if (parts.length === 1 && /^[\w.]+$/.test(inner)) return named(names, inner);
  return String(parts.every((part) => holds(part, names, isCancelled)));
}

function holds(part: string, names: Texts, isCancelled: boolean): boolean {
  if (part === 'cancelled()') return isCancelled;
  if (part === '!cancelled()') return !isCancelled;
  const [, name = '', text] = /^([\w.]+) != '(.*)'$/.exec(part) ?? [];
  if (text === undefined) throw new Error(`the test does not know the expression ${part}`);
  return named(names, name, '') !== text;
}

function named(names: Texts, name: string, otherwise?: string): string {
  const value = names[name] ?? otherwise;
  if (value === undefined) throw new Error(`nobody knows ${name}`);
  return value;
}
