import type { Command } from 'commander';
import type { Runner } from '../../session.js';
import { examples } from '../examples.js';

export function addRuleRemove(rule: Command, runner: Runner): void {
  rule
    .command('remove')
    .description('Remove a rule; releases that it started go on')
    .argument('<name>')
    .addHelpText('after', examples('spillway rule remove deploy-catalog'))
    .action(
      runner.run(async ({ client, print }, name: string) => {
        await client.rules.remove(name);
        print({ name, removed: true }, () => `rule ${name} removed\n`);
      }),
    );
}
