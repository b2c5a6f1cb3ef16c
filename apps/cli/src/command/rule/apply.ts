import type { Command } from 'commander';
import { applyFile } from '../../manifest/apply-file.js';
import type { Runner } from '../../session.js';
import { examples } from '../examples.js';

export function addRuleApply(rule: Command, runner: Runner): void {
  rule
    .command('apply')
    .description(
      'Add rules, or replace those of the same names; their webhooks and strategies must be there',
    )
    .requiredOption('-f, --file <path>', 'YAML or JSON; "-" reads standard input')
    .addHelpText('after', examples('spillway rule apply -f rules.yaml'))
    .action(
      runner.run((session, { file }: { readonly file: string }) =>
        applyFile(session, file, 'Rule'),
      ),
    );
}
