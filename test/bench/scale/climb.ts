import { ms, percent, type Extent } from './figure.js';
import { askedText, spellOf, spellText, stepP99, type Spell } from './spell.js';
import type { Stage } from './stage.js';

const mostLateMs = 1_000;
const intervalSeconds = 10;

/** So many releases, and a while of them. */
export interface Held {
  readonly releases: number;
  readonly spell: Spell;
  /** Every one was looked at when it should have been, in each cluster. */
  readonly isInTime: boolean;
}

/** Ever more releases, until they are late. What is in time is watched for half a minute. */
export async function climb(
  stage: Stage,
  { isShort, ramp: wanted }: Extent,
  usual: { readonly ramp: readonly number[]; readonly short: number },
  say: (text: string) => void,
): Promise<readonly Held[]> {
  const all: Held[] = [];
  for (const releases of isShort ? [usual.short] : (wanted ?? usual.ramp)) {
    const areMeasured = await stage.holdReleases(releases);
    const spell = await spellOf(stage, isShort ? 3 : 30);
    const looksPerSecond = (releases * stage.clusters.length) / intervalSeconds;
    const isInTime = areMeasured && holds(spell, looksPerSecond);
    all.push({ releases, spell, isInTime });
    say(`  ${releases} releases: ${spellText(spell)}`);
    if (wanted !== undefined) say(askedText(spell));
    if (!isInTime) break;
  }
  return all;
}

/** A queue that grows looks punctual in what is done. */
const holds = (spell: Spell, looksPerSecond: number): boolean =>
  stepP99(spell) < mostLateMs && spell.looks / spell.seconds > looksPerSecond * 0.9;

/** Who kept the cores busy says what the limit is. */
export function describeHeld({ releases, spell }: Held): string {
  const share = (value: number): string => percent(value / spell.seconds / 1_000);
  const { workers, database, world } = spell.cpu;
  return (
    `${releases}: p99 ${ms(stepP99(spell))}, worker ${share(workers)} of a core, Postgres ${share(database)}, ` +
    `what stands in for clusters and Prometheus ${share(world)}`
  );
}
