import type { Command } from 'commander';
import type { Runner } from '../../session.js';
import { addNotificationApply } from './apply.js';
import { addNotificationGet } from './get.js';
import { addNotificationList } from './list.js';
import { addNotificationRemove } from './remove.js';
import { addNotificationTest } from './test.js';

export function addNotificationCommands(program: Command, runner: Runner): void {
  const notification = program
    .command('notification')
    .description('Who is told what happens to releases');
  addNotificationApply(notification, runner);
  addNotificationList(notification, runner);
  addNotificationGet(notification, runner);
  addNotificationTest(notification, runner);
  addNotificationRemove(notification, runner);
}
