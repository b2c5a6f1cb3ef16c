import { Dice } from '../../simulation/dice.js';
import { say } from '../src/say.js';
import type { ChaosStage } from './chaos-stage.js';
import { otherThan, type ChaosService, type Version } from './objects.js';
import { Play, scenarios, turn, type Scenario, type Told } from './scenario.js';
import type { Storm } from './storm.js';

export interface CastOptions {
  readonly stage: ChaosStage;
  readonly storm: Storm;
  readonly services: readonly ChaosService[];
  readonly releases: number;
  readonly kills: number;
  readonly seed: number;
  /** When the last has to be over, in milliseconds since 1970; it may become known only later. */
  readonly deadline: () => number;
}

/** Of a hundred releases. Those that nobody helps are the most. */
const odds: Readonly<Record<Scenario, number>> = {
  good: 44,
  aborted: 20,
  paused: 10,
  resumed: 8,
  promoted: 8,
  dead: 10,
};

/** All releases, several services at a time, spread over the whole storm. Rejects when one goes wrong. */
export async function playAll(options: CastOptions): Promise<readonly Told[]> {
  const { services, releases, kills, storm } = options;
  const told: Told[] = [];
  let begun = 0;
  let failure: unknown;
  /** The first begin at once, the last while signals still fall. */
  const isTime = (n: number): boolean => {
    const first = Math.max(1, Math.floor(releases / 10));
    return storm.strikes >= Math.min(kills, ((n - first) * kills * 0.95) / releases);
  };
  const playOne = async (service: ChaosService, stable: Version, dice: Dice): Promise<Version> => {
    const n = (begun += 1);
    await turn(
      () => isTime(n),
      () => failure !== undefined,
      3_600_000,
    );
    const script = { service, stable, scenario: scenarioOf(dice), deadline: options.deadline };
    const over = await new Play(options.stage, dice, script).run();
    told.push(over);
    say(`${told.length} of ${releases} releases are over, ${storm.strikes} signals`);
    return over.phase === 'succeeded' ? otherThan(stable) : stable;
  };
  await Promise.all(
    services.map(async (service, i) => {
      const dice = new Dice(options.seed + 7_919 * (i + 1));
      let stable: Version = 'v1';
      try {
        while (begun < releases) stable = await playOne(service, stable, dice);
      } catch (error) {
        failure ??= error;
      }
    }),
  );
  if (failure !== undefined) throw failure;
  return told;
}

function scenarioOf(dice: Dice): Scenario {
  let left = dice.under(100);
  return scenarios.find((scenario) => (left -= odds[scenario]) < 0) ?? 'good';
}
