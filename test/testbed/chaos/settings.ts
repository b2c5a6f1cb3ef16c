export interface ChaosSettings {
  readonly releases: number;
  /** Signals in all: each SIGKILL, SIGSTOP and SIGINT is one. */
  readonly kills: number;
  readonly seed: number;
  /** How long the storm may take; it aims for a little less. */
  readonly minutes: number;
  /** Where the figures are published; nowhere without. */
  readonly page?: string;
}

/** What CI has time for; `npm run chaos` is thirty times as much. */
const short: ChaosSettings = { releases: 20, kills: 60, seed: 20_261_122, minutes: 1 };

/** `npm run chaos` says by the environment what it wants. No name that a process of ours would take for a setting. */
export function chaosSettings(): ChaosSettings {
  const asked = process.env['CHAOS'];
  return asked === undefined ? short : { ...short, ...(JSON.parse(asked) as object) };
}
