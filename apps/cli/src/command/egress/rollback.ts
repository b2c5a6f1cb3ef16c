import type { Command } from 'commander';
import { egressFacts } from '../../render/egress.js';
import type { Runner } from '../../session.js';
import { examples } from '../examples.js';

export function addEgressRollback(egress: Command, runner: Runner): void {
  egress
    .command('rollback')
    .description('Open the namespace again, in all clusters at once')
    .argument('<namespace>')
    .option('--comment <text>', 'why, in your words')
    .addHelpText('after', examples('spillway egress rollback shop --comment "payments fail"'))
    .action(
      runner.run(
        async ({ client, io, print, paint }, namespace: string, options: { comment?: string }) => {
          const policy = await client.egressPolicies.rollback(namespace, options);
          print(policy, () => egressFacts(policy, io.now(), paint));
        },
      ),
    );
}
