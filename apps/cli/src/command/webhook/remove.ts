import type { Command } from 'commander';
import type { Runner } from '../../session.js';
import { examples } from '../examples.js';

export function addWebhookRemove(webhook: Command, runner: Runner): void {
  webhook
    .command('remove')
    .description('Remove a webhook with its deliveries; its secrets stay')
    .argument('<name>')
    .addHelpText('after', examples('spillway webhook remove github'))
    .action(
      runner.run(async ({ client, print }, name: string) => {
        await client.webhooks.remove(name);
        print({ name, removed: true }, () => `webhook ${name} removed\n`);
      }),
    );
}
