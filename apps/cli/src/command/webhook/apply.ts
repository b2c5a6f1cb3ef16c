import type { Command } from 'commander';
import { applyFile } from '../../manifest/apply-file.js';
import type { Runner } from '../../session.js';
import { examples } from '../examples.js';

export function addWebhookApply(webhook: Command, runner: Runner): void {
  webhook
    .command('apply')
    .description('Add webhooks, or replace those of the same names; their secrets must be there')
    .requiredOption('-f, --file <path>', 'YAML or JSON; "-" reads standard input')
    .addHelpText('after', examples('spillway webhook apply -f github.yaml'))
    .action(
      runner.run((session, { file }: { readonly file: string }) =>
        applyFile(session, file, 'Webhook'),
      ),
    );
}
