import type { Command } from 'commander';
import { applyFile } from '../../manifest/apply-file.js';
import type { Runner } from '../../session.js';
import { examples } from '../examples.js';

export function addEgressApply(egress: Command, runner: Runner): void {
  egress
    .command('apply')
    .description('Add egress policies, or replace those of the same namespaces')
    .requiredOption('-f, --file <path>', 'YAML or JSON; "-" reads standard input')
    .addHelpText('after', examples('spillway egress apply -f egress.yaml'))
    .action(
      runner.run((session, { file }: { readonly file: string }) =>
        applyFile(session, file, 'EgressPolicy'),
      ),
    );
}
