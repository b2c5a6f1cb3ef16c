import type { Release } from '@spillway/sdk';
import type { Paint, Tone } from '../render/paint.js';
import { cut, printable } from '../render/printable.js';
import { besideWeight, routingWords } from '../render/release.js';
import { bar } from './bar.js';

type Rollout = Release['rollouts'][number];

interface Look {
  readonly columns: number;
  readonly paint: Paint;
}

/** One line per cluster in the order of the waves; in at most so many rows. */
export function clusterLines(release: Release, rows: number, look: Look): readonly string[] {
  const all = release.rollouts;
  const chosen = all.length <= rows ? all : mostTelling(all, rows - 1);
  const nameWidth = Math.min(24, Math.max(...all.map(({ cluster }) => cluster.length)));
  const lines = chosen.map((rollout) => clusterLine(rollout, release, { ...look, nameWidth }));
  const left = all.filter((rollout) => !chosen.includes(rollout));
  return left.length === 0
    ? lines
    : [...lines, look.paint('quiet', cut(`  ${sum(left)}`, look.columns))];
}

/** Refused or changed by others, then not applied, then with traffic; shown in the order of the waves all the same. */
function mostTelling(all: readonly Rollout[], count: number): readonly Rollout[] {
  const dullness = (rollout: Rollout): number => {
    if (rollout.refused !== undefined || rollout.drifted !== undefined) return 0;
    if (rollout.generation > 0 && !rollout.applied) return 1;
    return rollout.weight > 0 || besideWeight(rollout).length > 0 ? 2 : 3;
  };
  const chosen = new Set(all.toSorted((a, b) => dullness(a) - dullness(b)).slice(0, count));
  return all.filter((rollout) => chosen.has(rollout));
}

function clusterLine(
  rollout: Rollout,
  { phase, plan }: Release,
  { columns, paint, nameWidth }: Look & { readonly nameWidth: number },
): string {
  const name = cut(rollout.cluster, nameWidth).padEnd(nameWidth);
  const weight = `${rollout.weight} %`.padStart(7);
  const wave = plan.waves.length > 1 ? `wave ${rollout.wave + 1}, ` : '';
  const more = besideWeight(rollout).map((words) => `+ ${words}`);
  const beside = more.length === 0 ? '' : `${more.join(' ')}, `;
  const routing = printable(`${beside}${wave}${routingWords(rollout)}`);
  const barWidth = Math.min(30, Math.max(8, columns - nameWidth - 36));
  const { full, rest } = bar(rollout.weight, barWidth);
  const room = columns - nameWidth - barWidth - 15;
  const back = phase === 'rollingBack' || phase === 'rolledBack';
  return [
    `  ${name}  ${paint(back ? 'bad' : 'good', full)}${paint('quiet', rest)}`,
    `${weight}  ${paint(routingTone(rollout), cut(routing, Math.max(0, room)))}`,
  ].join('  ');
}

function routingTone({ refused, drifted, applied, generation }: Rollout): Tone {
  if (refused !== undefined || drifted !== undefined) return 'bad';
  return applied || generation === 0 ? 'quiet' : 'waiting';
}

function sum(left: readonly Rollout[]): string {
  const applied = left.filter((rollout) => rollout.applied).length;
  const weights = left.map(({ weight }) => weight);
  const [least, most] = [Math.min(...weights), Math.max(...weights)];
  const range = least === most ? `${least} %` : `${least} to ${most} %`;
  return `… and ${left.length} more at ${range}, ${applied} of them applied`;
}
