import type { Command } from 'commander';
import { applyFile } from '../../manifest/apply-file.js';
import type { Runner } from '../../session.js';
import { examples } from '../examples.js';

export function addStrategyApply(strategy: Command, runner: Runner): void {
  strategy
    .command('apply')
    .description('Make new versions of strategies; one that says the same stays as it is')
    .requiredOption('-f, --file <path>', 'YAML or JSON; "-" reads standard input')
    .addHelpText('after', examples('spillway strategy apply -f canary-10.yaml'))
    .action(
      runner.run((session, { file }: { readonly file: string }) =>
        applyFile(session, file, 'Strategy'),
      ),
    );
}
