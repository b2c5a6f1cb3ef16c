import type { Command } from 'commander';
import { applyFile } from '../../manifest/apply-file.js';
import type { Runner } from '../../session.js';
import { examples } from '../examples.js';

export function addServiceApply(service: Command, runner: Runner): void {
  service
    .command('apply')
    .description('Add services, or replace what is said about them')
    .requiredOption('-f, --file <path>', 'YAML or JSON; "-" reads standard input')
    .addHelpText('after', examples('spillway service apply -f catalog.yaml'))
    .action(
      runner.run((session, { file }: { readonly file: string }) =>
        applyFile(session, file, 'Service'),
      ),
    );
}
