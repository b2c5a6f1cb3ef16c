import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

export const root = join(import.meta.dirname, '..', '..');
export const folder = join(root, 'deploy', 'observability');

const text = (name: string): string => readFileSync(join(folder, name), 'utf8');

export interface Alert {
  readonly alert: string;
  readonly expr: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

interface Rules {
  readonly groups: readonly { readonly rules: readonly Alert[] }[];
}

export const alerts = (parse(text('alerts.yml')) as Rules).groups.flatMap(({ rules }) => rules);

interface Panel {
  readonly title: string;
  readonly targets?: readonly { readonly expr: string }[];
}

export const panels = (JSON.parse(text('dashboard.json')) as { readonly panels: readonly Panel[] })
  .panels;

/** What every Prometheus has by itself. */
const own = new Set(['up']);

/** Metrics that an expression names, without what belongs to a histogram's name. */
export function metricsIn(expr: string): readonly string[] {
  const plain = expr.replaceAll(/\{[^}]*\}/g, '').replaceAll(/\b(?:by|without)\s*\([^)]*\)/g, '');
  const words = plain.match(/\b[a-z]\w*_\w+\b(?!\s*\()|\bup\b/g) ?? [];
  return words.filter((word) => !own.has(word) && !word.startsWith('__'));
}

export const familyOf = (name: string): string => name.replace(/_(?:bucket|sum|count)$/, '');
