import { ms, type Figure, type Row } from '../figure.js';
import { climb, describeHeld, type Held } from '../climb.js';
import { costOfLook, statementsIn } from '../spell.js';
import { Stage } from '../stage.js';

const goal = 3_000;
const usual = { ramp: [100, 1_000, 2_000, 3_000, 4_500, 6_000], short: 3 };

/** Ever more releases, until they are late. */
export const active: Row = {
  name: 'active',
  title: 'Active releases in one cluster',
  run: (extent, say) =>
    Stage.during(extent, 1, async (stage) => figuresOf(await climb(stage, extent, usual, say))),
};

function figuresOf(all: readonly Held[]): readonly Figure[] {
  const last = all.findLast(({ isInTime }) => isInTime);
  const beyond = all.at(-1);
  const least = all[0];
  if (beyond === undefined || least === undefined) return [];
  const most = last?.releases ?? 0;
  const tenfold = all.find(({ releases }) => releases === 10 * least.releases);
  return [
    {
      measure:
        'active releases (10 s interval, 2 metrics, 1 cluster) with p99 step lateness below 1 s',
      value: `${most}${last === beyond ? ' and more' : ''}`,
      goal: `≥ ${goal}`,
      isMet: most >= goal,
      note: [
        ...(last === undefined ? [] : [describeHeld(last)]),
        ...(last === beyond ? [] : [describeHeld(beyond)]),
      ].join('; '),
    },
    {
      measure:
        'statements for a look (two metrics measured and judged, and the release decided on)',
      value: (statementsIn(beyond.spell) / beyond.spell.looks).toFixed(1),
      goal: 'reported',
    },
    ...(tenfold === undefined ? [] : [ratioOf(least, tenfold)]),
  ];
}

function ratioOf(few: Held, many: Held): Figure {
  const ratio = costOfLook(many.spell) / costOfLook(few.spell);
  return {
    measure: `cost of a step at ${many.releases} releases, to that at ${few.releases}`,
    value: `${ratio.toFixed(2)} ×`,
    goal: '≤ 1.1 ×',
    isMet: ratio <= 1.1,
    note: `${ms(costOfLook(few.spell))} and ${ms(costOfLook(many.spell))} of a core for a look, worker and Postgres together`,
  };
}
