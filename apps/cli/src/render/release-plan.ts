import type { ReleasePlan } from '@spillway/sdk';
import type { Paint, Tone } from './paint.js';

type ClusterPlan = ReleasePlan['clusters'][number];
type Metric = ClusterPlan['metrics'][number];
type PlannedWrite = ClusterPlan['writes'][number];

/** The plan for people: what to know first, then each cluster's writes with their diffs. */
export function releasePlanText(plan: ReleasePlan, paint: Paint): string {
  const { service, stable, candidate, strategy, warnings } = plan;
  const lines = [
    paint('strong', `Plan ${plan.id}`),
    `${service} ${stable} → ${candidate} with ${strategy.name}, version ${strategy.version}`,
    ...warnings.map((warning) => paint('waiting', `Warning: ${warning}`)),
    ...aheadLines(plan, paint),
    ...plan.clusters.flatMap((cluster) => ['', ...clusterLines(cluster, paint)]),
    '',
    nextStep(plan),
  ];
  return `${lines.join('\n')}\n`;
}

/** What would hold it though all goes well. */
const aheadLines = ({ gates, freezes }: ReleasePlan, paint: Paint): readonly string[] => [
  ...gates.map(({ name, step, wants, state }) =>
    paint(
      state === 'open' ? 'quiet' : 'waiting',
      `Gate ${name} before step ${step + 2}: ${wants}${state === undefined ? '' : `, ${state} now`}`,
    ),
  ),
  ...freezes.map(({ window, clusters, inForce, changesAt, because }) => {
    const change = changesAt === undefined ? '' : ` ${inForce ? 'until' : 'from'} ${changesAt}`;
    const words = `Freeze window ${window} in ${clusters.join(', ')}${change}`;
    return paint(inForce ? 'bad' : 'waiting', because === '' ? words : `${words}: ${because}`);
  }),
];

/** Whether a release would go through as far as anybody can tell. */
export const isClear = ({ clusters }: ReleasePlan): boolean =>
  clusters.every(
    ({ unseen, held, refused, findings }) =>
      unseen === undefined &&
      held === undefined &&
      refused === undefined &&
      findings.every(({ severity }) => severity !== 'error'),
  );

const nextStep = (plan: ReleasePlan): string =>
  isClear(plan)
    ? `Nothing was written. To do exactly this:\n  spillway release create ${plan.service} --candidate ${plan.candidate} --strategy ${plan.strategy.name} --id ${plan.id}`
    : 'Nothing was written. See to what stands in the way, and plan again.';

function clusterLines(cluster: ClusterPlan, paint: Paint): readonly string[] {
  const { unseen, held, refused, findings, metrics, writes } = cluster;
  const count = `${writes.length} ${writes.length === 1 ? 'write' : 'writes'}`;
  return [
    `${paint('strong', cluster.cluster)}  ${unseen === undefined ? count : 'not seen'}`,
    ...trouble('Cannot be seen', unseen, paint),
    ...trouble('Would be held', held, paint),
    ...trouble('Refused in a dry run', refused, paint),
    ...findings.map(
      ({ severity, code, object, path, message, next }) =>
        `  ${paint(severity === 'error' ? 'bad' : 'waiting', `${severity} ${code}`)} ${object} ${path}: ${message} ${next}`,
    ),
    ...metrics.flatMap((metric) => metricLines(metric, paint)),
    ...writes.flatMap((write) => writeLines(write, paint)),
  ];
}

/** What is missing first: a release would wait for it, or fail. */
function metricLines(
  { metric, missing, value, requestsPerSecond, errorRate, steps }: Metric,
  paint: Paint,
): readonly string[] {
  if (missing !== undefined) return [paint('bad', `  Metric ${metric}: ${missing}`)];
  const shown = [
    ...(value === undefined ? [] : [`stable shows ${round(value)}`]),
    ...(requestsPerSecond === undefined ? [] : [`${round(requestsPerSecond)} requests/s`]),
    ...(errorRate === undefined ? [] : [`${round(100 * errorRate)} % fail`]),
  ];
  return [
    `  Metric ${metric}: ${shown.join(', ')}`,
    ...steps.map(({ step, length, isEnough, forecast }) => {
      const line = `    step ${step + 1}, ${length}: ${forecast}`;
      return isEnough ? line : paint('waiting', line);
    }),
  ];
}

const round = (value: number): string => String(Number(value.toPrecision(3)));

const trouble = (what: string, words: string | undefined, paint: Paint): readonly string[] =>
  words === undefined ? [] : [paint('bad', `  ${what}: ${words}`)];

const writeLines = (
  { when, action, kind, namespace, name, diff }: PlannedWrite,
  paint: Paint,
): readonly string[] => [
  `  ${paint('busy', when)}: ${action} ${kind} ${namespace}/${name}`,
  ...diff
    .split('\n')
    // Which two texts are compared says the line above.
    .filter((line) => line !== '' && !line.startsWith('---') && !line.startsWith('+++'))
    .map((line) => `    ${paint(toneOf(line), line)}`),
];

function toneOf(line: string): Tone {
  if (line.startsWith('+')) return 'good';
  return line.startsWith('-') ? 'bad' : 'quiet';
}
