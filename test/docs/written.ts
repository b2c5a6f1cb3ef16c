import type { ReleasePlan } from '@spillway/application';
import { plain, releasePlanText } from '@spillway/cli';
import { fieldsOf, istioApiVersion } from '@spillway/domain-istio';
import { toReleasePlanView } from '@spillway/interface-contract';
import type { ReleasePlan as ReleasePlanAnswer } from '@spillway/sdk';
import { Document, isMap, isScalar, visit, type YAMLMap } from 'yaml';

/**
 * What Spillway writes, in a page: `<!-- written: STRATEGY MOMENT [FIELD] -->`, a YAML block, `<!-- end -->`.
 * The moment is the number of a step, `preparation` or `after`; with a field only that of the
 * VirtualService's spec is shown.
 */
export const mark =
  /<!-- written: (\S+) (\d+|preparation|after)(?: (\w+))? -->\n[\s\S]*?<!-- end -->/g;

/** What a plan warns of, as a list: `<!-- warnings: STRATEGY -->`, the list, `<!-- end -->`. */
export const warningMark = /<!-- warnings: (\S+) -->\n[\s\S]*?<!-- end -->/g;

export const warnings = (plans: ReadonlyMap<string, ReleasePlan>, strategy: string): string =>
  [
    `<!-- warnings: ${strategy} -->`,
    (plans.get(strategy)?.warnings ?? []).map((text) => `- ${text}`).join('\n'),
    '<!-- end -->',
  ].join('\n\n');

/** What `spillway release plan` prints: `<!-- plan: STRATEGY -->`, a text block, `<!-- end -->`. */
export const planMark = /<!-- plan: (\S+) -->\n[\s\S]*?<!-- end -->/g;

export function planText(plans: ReadonlyMap<string, ReleasePlan>, strategy: string): string {
  const plan = plans.get(strategy);
  if (plan === undefined) throw new Error(`there is no strategy ${strategy}`);
  // As a client gets it: what is undefined is not there.
  const view = JSON.parse(JSON.stringify(toReleasePlanView(plan))) as ReleasePlanAnswer;
  const text = releasePlanText(view, plain);
  return `<!-- plan: ${strategy} -->\n\n\`\`\`text\n${text}\`\`\`\n\n<!-- end -->`;
}

type Write = ReleasePlan['clusters'][number]['writes'][number];

/** The text of a mark, written anew. */
export function written(
  plans: ReadonlyMap<string, ReleasePlan>,
  [, strategy = '', moment = '', field]: readonly (string | undefined)[],
): string {
  const all = plans.get(strategy)?.clusters.flatMap(({ writes }) => writes) ?? [];
  const [first, ...others] = all.filter(({ when }) => isAt(when, moment));
  if (first === undefined) throw new Error(`${strategy} writes nothing at ${moment}`);
  const own = [first, ...others].filter(({ cluster }) => cluster === first.cluster);
  const body = field === undefined ? objectsOf(own) : fieldOf(own, field);
  const head = `<!-- written: ${[strategy, moment, field].filter(Boolean).join(' ')} -->`;
  return `${head}\n\n\`\`\`yaml\n# ${first.cluster}, ${first.when}\n${body}\`\`\`\n\n<!-- end -->`;
}

const isAt = (when: string, moment: string): boolean =>
  when === moment || when === `${moment} the release` || when.startsWith(`step ${moment} of `);

const objectsOf = (writes: readonly Write[]): string =>
  writes
    .flatMap(({ after }) => (after === undefined ? [] : [after]))
    .map(({ kind, metadata, spec }) => {
      const { namespace, name, labels, annotations } = metadata;
      const apiVersion = kind === 'Deployment' ? 'apps/v1' : istioApiVersion;
      const marks = { ...nonEmpty({ labels }), ...nonEmpty({ annotations }) };
      return yaml({ apiVersion, kind, metadata: { namespace, name, ...marks }, spec });
    })
    .join('---\n');

const nonEmpty = (fields: Readonly<Record<string, object>>) =>
  Object.fromEntries(Object.entries(fields).filter(([, map]) => Object.keys(map).length > 0));

function fieldOf(writes: readonly Write[], field: string): string {
  const service = writes.find(({ after }) => after?.kind === 'VirtualService');
  return yaml({ [field]: fieldsOf(service?.after?.spec)[field] });
}

const isSmall = ({ items }: YAMLMap): boolean =>
  items.length <= 1 && items.every(({ value }) => isScalar(value) && String(value).length < 60);

/** As prettier leaves it; small maps in one line. In YAML 1.1, which kubectl reads, `yes` is no text. */
function yaml(value: unknown): string {
  const document = new Document(JSON.parse(JSON.stringify(value)), {
    aliasDuplicateObjects: false,
    schema: 'yaml-1.1',
  });
  visit(document, {
    Pair: (_, { value: map }) => {
      if (isMap(map) && isSmall(map)) map.flow = true;
    },
  });
  return document.toString({ singleQuote: true, lineWidth: 0 });
}
