import { setTimeout as pause } from 'node:timers/promises';
import type { Dice } from '../../simulation/dice.js';
import type { TestCluster } from '../src/index.js';
import type { RestartablePostgres } from './restartable-postgres.js';
import type { Fault, Target } from './target.js';

/** The database, as something that can be struck. */
export function postgresTarget(postgres: RestartablePostgres): Target {
  return target('postgres', 'postgres', async (fault, dice) => {
    await (fault === 'kill' ? postgres.kill() : postgres.shutDown());
    await pause(dice.under(1_000));
    await postgres.run();
  });
}

/** An API server, as something that can be struck; its etcd goes on. */
export function apiServerTarget(cluster: TestCluster): Target {
  return target('apiServer', cluster.name, async (fault, dice) => {
    if (fault === 'stop') {
      cluster.freeze();
      await pause(100 + dice.under(3_000));
      cluster.thaw();
      return;
    }
    await cluster.kill();
    await pause(dice.under(1_000));
    await cluster.restart();
  });
}

function target(
  kind: Target['kind'],
  name: string,
  act: (fault: Fault, dice: Dice) => Promise<void>,
): Target {
  let up = true;
  return {
    kind,
    name,
    isUp: () => up,
    strike: async (fault, dice) => {
      up = false;
      await act(fault, dice);
      up = true;
    },
  };
}
