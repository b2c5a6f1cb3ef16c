import { ms, type Extent, type Figure, type Row } from '../figure.js';
import { costOfLook, spellOf, spellText, stepP99, type Spell } from '../spell.js';
import { Stage } from '../stage.js';

/** As many looks a second as a hundred releases every ten seconds, in a fifth of the time. */
const pace = { interval: '2s', scrape: '1s' };
const releases = 20;

/** Steps that are looked at again and again: each look rests on all that there were before it. */
export const longSteps: Row = {
  name: 'long-steps',
  title: 'Steps of many looks',
  run(extent, say) {
    const { isShort } = extent;
    const play = (stage: Stage) => measure(stage, extent, say);
    return isShort ? Stage.during(extent, 2, play) : Stage.during(extent, 10, play, pace);
  },
};

async function measure(
  stage: Stage,
  { isShort }: Extent,
  say: (text: string) => void,
): Promise<readonly Figure[]> {
  await stage.holdReleases(isShort ? 2 : releases);
  const after = isShort ? [2, 4, 6] : [20, 60, 300];
  const all: (readonly [number, Spell])[] = [];
  for (const looks of after) {
    await stage.until(async () => (await looksOf(stage)) >= looks, `${looks} looks`);
    const spell = await spellOf(stage, isShort ? 2 : 20);
    all.push([looks, spell]);
    say(`  after ${looks} looks: ${spellText(spell)}`);
  }
  return all.map(([looks, spell]) => figureOf(looks, spell, all[0]?.[1] ?? spell));
}

const figureOf = (looks: number, spell: Spell, first: Spell): Figure => ({
  measure: `a look after ${looks} others in its step and cluster: worker and Postgres together`,
  value: ms(costOfLook(spell)),
  goal: 'reported',
  note: `${(costOfLook(spell) / costOfLook(first)).toFixed(1)} × the first of these; p99 lateness ${ms(stepP99(spell))}`,
});

/** Of the release that has had the fewest, in each cluster. */
const looksOf = ({ database }: Stage): Promise<number> =>
  database.number(
    `select coalesce(min(made.looks), 0) as n
     from (select max(ordinal) as looks from measurements group by release, metric, cluster) as made`,
  );
