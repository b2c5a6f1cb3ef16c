import type { Command } from 'commander';
import { deliveryFacts } from '../../render/delivery.js';
import type { Runner } from '../../session.js';
import { examples } from '../examples.js';

export function addDeliveryGet(delivery: Command, runner: Runner): void {
  delivery
    .command('get')
    .description('One delivery with its attempts, or with what came of it')
    .argument('<id>')
    .addHelpText('after', examples('spillway delivery get 0197f3a0-6c1e-7b1f-9d62-4c1b5d7e8f90'))
    .action(
      runner.run(async ({ client, io, print }, id: string) => {
        const found = await client.deliveries.get(id);
        print(found, () => deliveryFacts(found, io.now()));
      }),
    );
}
