import type { Command } from 'commander';
import { every } from '../../every.js';
import { egressTable } from '../../render/egress.js';
import type { Runner } from '../../session.js';
import { examples } from '../examples.js';

export function addEgressList(egress: Command, runner: Runner): void {
  egress
    .command('list')
    .description('All egress policies')
    .addHelpText('after', examples('spillway egress list'))
    .action(
      runner.run(async ({ client, io, print }) => {
        const policies = await every(client.egressPolicies.all());
        print(policies, () => egressTable(policies, io.now()));
      }),
    );
}
