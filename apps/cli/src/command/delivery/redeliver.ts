import type { Command } from 'commander';
import type { Runner } from '../../session.js';
import { examples } from '../examples.js';

export function addDeliveryRedeliver(delivery: Command, runner: Runner): void {
  delivery
    .command('redeliver')
    .description('Send again what goes out; show to the rules again what came in')
    .argument('<id>')
    .addHelpText(
      'after',
      examples('spillway delivery redeliver 0197f3a0-6c1e-7b1f-9d62-4c1b5d7e8f90'),
    )
    .action(
      runner.run(async ({ client, print }, id: string) => {
        const queued = await client.deliveries.redeliver(id);
        print(queued, () => `delivery ${id} queued again\n`);
      }),
    );
}
