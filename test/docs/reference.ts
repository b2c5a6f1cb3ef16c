import { lintCatalogue } from '@spillway/cli';
import { environment } from '@spillway/control-plane';
import { eventTypes, severities, severityOf } from '@spillway/domain-notification';
import { cellOf, phases, releaseVerbs } from '@spillway/domain-release';
import { z } from 'zod';
import { readRoot } from './pages.js';

/** Tables in the pages that are written from the code: `<!-- reference: NAME -->`. */
export const references: Readonly<Record<string, () => string>> = {
  commands: () => table(['phase', ...releaseVerbs.map((verb) => `\`${verb}\``)], possibilities()),
  configuration: () => table(['setting', 'default', 'meaning'], settings()),
  service: () => table(['field', 'default', 'meaning'], fieldsOf(document('ServiceDocument'))),
  strategy: () => table(['field', 'default', 'meaning'], fieldsOf(document('StrategyDocument'))),
  approvals: () => table(['field', 'default', 'meaning'], fieldsOf(approvals())),
  freezeWindow: () =>
    table(['field', 'default', 'meaning'], fieldsOf(document('FreezeWindowDocument'))),
  hook: () => table(['field', 'default', 'meaning'], fieldsOf(hook())),
  metric: () => table(['field', 'default', 'meaning'], fieldsOf(document('MetricDocument'))),
  notification: () =>
    table(['field', 'default', 'meaning'], fieldsOf(document('NotificationDocument'))),
  noticeTypes: () => table(['severity', 'events'], noticeTypes()),
  source: () => table(['field', 'default', 'meaning'], fieldsOf(document('SourceDocument'))),
  measurement: () =>
    table(['field', 'default', 'meaning'], fieldsOf(document('MeasurementDocument'))),
  prometheus: () => table(['field', 'default', 'meaning'], fieldsOf(prometheus())),
  lintFile: () => rulesOf('file'),
  lintSchema: () => rulesOf('schema'),
  lintObject: () => rulesOf('object'),
  lintRelation: () => rulesOf('relation'),
};

type Row = readonly string[];

const signs = { possible: '✓', already: '=', asBefore: '↑', refused: '–' } as const;

const possibilities = (): readonly Row[] =>
  phases.map((phase) => [
    `\`${phase}\``,
    ...releaseVerbs.map((verb) => signs[cellOf(verb, phase)]),
  ]);

const noticeTypes = (): readonly Row[] =>
  severities.map((severity) => [
    `\`${severity}\``,
    eventTypes
      .filter((type) => severityOf(type) === severity)
      .map((type) => `\`${type}\``)
      .join(', '),
  ]);

interface Schema {
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly string[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
}

function settings(): readonly Row[] {
  const { properties = {} } = z.toJSONSchema(environment, { io: 'input' }) as Schema;
  // Defaults as the process sees them; a transformed one is not in the JSON Schema.
  const needed = {
    DATABASE_URL: 'postgres://localhost/x',
    SPILLWAY_ENCRYPTION_KEY: '0'.repeat(64),
  };
  const parsed = environment.parse(needed) as Readonly<
    Record<string, string | number | boolean | undefined>
  >;
  return Object.entries(properties).map(([name, { description = '', enum: choices }]) => {
    const value = parsed[name];
    const standard = value === undefined || value === '' ? 'none' : `\`${String(value)}\``;
    return [
      `\`${name}\``,
      name in needed ? 'required' : standard,
      withChoices(description, choices),
    ];
  });
}

const withChoices = (description: string, choices: readonly string[] = []): string =>
  choices.length === 0
    ? description
    : `${description} One of ${choices.map((choice) => `\`${choice}\``).join(', ')}.`;

/** Without the general consequence, which would make the rows too long to read. */
const rulesOf = (part: keyof typeof lintCatalogue): string =>
  table(
    ['code', 'severity', 'istioctl', 'meaning', 'what to do'],
    lintCatalogue[part].map(({ code, severity, istio, means, next }) => [
      `\`${code}\``,
      severity,
      istio ?? '',
      literally(means),
      literally(next),
    ]),
  );

/** What Markdown would take for emphasis or a tag. */
const literally = (text: string): string => text.replaceAll(/[*<]/g, String.raw`\$&`);

function document(name: string): Schema {
  const { components } = JSON.parse(readRoot('sdk/openapi.json')) as {
    components: { schemas: Readonly<Record<string, Schema>> };
  };
  return must(components.schemas[name]);
}

const hook = (): Schema => must(document('StrategyDocument').properties?.['hooks']?.items);

const approvals = (): Schema => {
  const { anyOf = [] } = must(document('StrategyDocument').properties?.['steps']?.items);
  const gates = anyOf.flatMap(({ properties }) => properties?.['gate']?.anyOf ?? []);
  const found = gates.map(({ properties }) => properties?.['approvals']);
  return must(found.find((one) => one !== undefined));
};

const prometheus = (): Schema =>
  must(
    document('ClusterDocument')
      .properties?.['metrics']?.anyOf?.map(({ properties }) => properties?.['prometheus'])
      .find((one) => one !== undefined),
  );

const fieldsOf = ({ properties = {}, required = [] }: Schema): readonly Row[] =>
  Object.entries(properties).map(([name, { description = '', enum: choices, ...field }]) => [
    `\`${name}\``,
    required.includes(name) ? 'required' : standardOf(field),
    withChoices(description, choices),
  ]);

const standardOf = (field: Schema): string =>
  field.default === undefined ? 'none' : `\`${JSON.stringify(field.default)}\``;

function must<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('the OpenAPI document has another shape by now');
  return value;
}

/** As prettier writes it. */
function table(head: Row, rows: readonly Row[]): string {
  const all = [head, ...rows.map((row) => row.map((cell) => cell.replaceAll('|', '\\|')))];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const line = (row: Row): string =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const [first = [], ...others] = all;
  const rule = widths.map((width) => '-'.repeat(width));
  return [line(first), line(rule), ...others.map(line)].join('\n');
}
