import type { Command } from 'commander';
import { webhookFacts } from '../../render/webhook.js';
import type { Runner } from '../../session.js';
import { examples } from '../examples.js';

export function addWebhookGet(webhook: Command, runner: Runner): void {
  webhook
    .command('get')
    .description('One webhook, with the address that deliveries are sent to')
    .argument('<name>')
    .addHelpText(
      'after',
      examples('spillway webhook get github', 'spillway webhook get github -o yaml'),
    )
    .action(
      runner.run(async ({ client, io, print }, name: string) => {
        const found = await client.webhooks.get(name);
        print(found, () => webhookFacts(found, io.now()));
      }),
    );
}
