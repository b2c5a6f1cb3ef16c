import type { Command } from 'commander';
import { egressFacts } from '../../render/egress.js';
import type { Runner } from '../../session.js';
import { examples } from '../examples.js';

export function addEgressGet(egress: Command, runner: Runner): void {
  egress
    .command('get')
    .description('The policy of a namespace, with what each cluster holds now')
    .argument('<namespace>')
    .addHelpText('after', examples('spillway egress get shop'))
    .action(
      runner.run(async ({ client, io, print, paint }, namespace: string) => {
        const policy = await client.egressPolicies.get(namespace);
        print(policy, () => egressFacts(policy, io.now(), paint));
      }),
    );
}
