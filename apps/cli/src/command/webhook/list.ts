import type { Command } from 'commander';
import { every } from '../../every.js';
import { webhookTable } from '../../render/webhook.js';
import type { Runner } from '../../session.js';
import { examples } from '../examples.js';

export function addWebhookList(webhook: Command, runner: Runner): void {
  webhook
    .command('list')
    .description('All webhooks')
    .addHelpText('after', examples('spillway webhook list', 'spillway webhook list -o json'))
    .action(
      runner.run(async ({ client, io, print }) => {
        const webhooks = await every(client.webhooks.list());
        print(webhooks, () => webhookTable(webhooks, io.now()));
      }),
    );
}
