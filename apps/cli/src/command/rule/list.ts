import type { Command } from 'commander';
import { every } from '../../every.js';
import { ruleTable } from '../../render/rule.js';
import type { Runner } from '../../session.js';
import { examples } from '../examples.js';

export function addRuleList(rule: Command, runner: Runner): void {
  rule
    .command('list')
    .description('All rules, in the order of their names')
    .addHelpText('after', examples('spillway rule list', 'spillway rule list -o json'))
    .action(
      runner.run(async ({ client, io, print }) => {
        const rules = await every(client.rules.list());
        print(rules, () => ruleTable(rules, io.now()));
      }),
    );
}
