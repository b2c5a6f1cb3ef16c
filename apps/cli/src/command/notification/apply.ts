import type { Command } from 'commander';
import { applyFile } from '../../manifest/apply-file.js';
import type { Runner } from '../../session.js';
import { examples } from '../examples.js';

export function addNotificationApply(notification: Command, runner: Runner): void {
  notification
    .command('apply')
    .description('Add endpoints, or replace those of the same names; their secrets must be there')
    .requiredOption('-f, --file <path>', 'YAML or JSON; "-" reads standard input')
    .addHelpText('after', examples('spillway notification apply -f slack-ops.yaml'))
    .action(
      runner.run((session, { file }: { readonly file: string }) =>
        applyFile(session, file, 'Notification'),
      ),
    );
}
