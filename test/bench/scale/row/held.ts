import type { Stage } from '../stage.js';

/** Whether the release of a service has been given its weight. */
export async function isHeld({ database }: Stage, id: string): Promise<boolean> {
  const open = await database.number(
    `select count(*) as n from rollouts join releases on releases.id = rollouts.release
     where releases.id = $1 and releases.step_index = 1
       and rollouts.applied_generation = rollouts.desired_generation`,
    [id],
  );
  return open > 0;
}
