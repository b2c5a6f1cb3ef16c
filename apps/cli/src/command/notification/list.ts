import type { Command } from 'commander';
import { every } from '../../every.js';
import { notificationTable } from '../../render/notification.js';
import type { Runner } from '../../session.js';
import { examples } from '../examples.js';

export function addNotificationList(notification: Command, runner: Runner): void {
  notification
    .command('list')
    .description('All notification endpoints')
    .addHelpText('after', examples('spillway notification list'))
    .action(
      runner.run(async ({ client, io, print }) => {
        const endpoints = await every(client.notifications.list());
        print(endpoints, () => notificationTable(endpoints, io.now()));
      }),
    );
}
