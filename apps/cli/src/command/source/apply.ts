import type { Command } from 'commander';
import { applyFile } from '../../manifest/apply-file.js';
import type { Runner } from '../../session.js';
import { examples } from '../examples.js';

export function addSourceApply(source: Command, runner: Runner): void {
  source
    .command('apply')
    .description('Add sources, or replace those of the same names; their secrets must be there')
    .requiredOption('-f, --file <path>', 'YAML or JSON; "-" reads standard input')
    .addHelpText('after', examples('spillway source apply -f datadog.yaml'))
    .action(
      runner.run((session, { file }: { readonly file: string }) =>
        applyFile(session, file, 'Source'),
      ),
    );
}
