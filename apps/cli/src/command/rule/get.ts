import type { Command } from 'commander';
import { ruleFacts } from '../../render/rule.js';
import type { Runner } from '../../session.js';
import { examples } from '../examples.js';

export function addRuleGet(rule: Command, runner: Runner): void {
  rule
    .command('get')
    .description('One rule, as it is asked')
    .argument('<name>')
    .addHelpText(
      'after',
      examples('spillway rule get deploy-catalog', 'spillway rule get deploy-catalog -o yaml'),
    )
    .action(
      runner.run(async ({ client, io, print }, name: string) => {
        const found = await client.rules.get(name);
        print(found, () => ruleFacts(found, io.now()));
      }),
    );
}
