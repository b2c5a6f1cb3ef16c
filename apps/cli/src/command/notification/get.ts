import type { Command } from 'commander';
import { notificationFacts } from '../../render/notification.js';
import type { Runner } from '../../session.js';
import { examples } from '../examples.js';

export function addNotificationGet(notification: Command, runner: Runner): void {
  notification
    .command('get')
    .description('One endpoint; secrets by their names')
    .argument('<name>')
    .addHelpText(
      'after',
      examples('spillway notification get ops', 'spillway notification get ops -o yaml'),
    )
    .action(
      runner.run(async ({ client, io, print }, name: string) => {
        const found = await client.notifications.get(name);
        print(found, () => notificationFacts(found, io.now()));
      }),
    );
}
