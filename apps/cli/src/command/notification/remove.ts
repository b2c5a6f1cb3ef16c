import type { Command } from 'commander';
import type { Runner } from '../../session.js';
import { examples } from '../examples.js';

export function addNotificationRemove(notification: Command, runner: Runner): void {
  notification
    .command('remove')
    .description('Remove an endpoint with its deliveries; its secrets stay')
    .argument('<name>')
    .addHelpText('after', examples('spillway notification remove ops'))
    .action(
      runner.run(async ({ client, print }, name: string) => {
        await client.notifications.remove(name);
        print({ name, removed: true }, () => `notification ${name} removed\n`);
      }),
    );
}
