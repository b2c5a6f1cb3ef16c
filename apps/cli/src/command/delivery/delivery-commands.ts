import type { Command } from 'commander';
import type { Runner } from '../../session.js';
import { addDeliveryGet } from './get.js';
import { addDeliveryList } from './list.js';
import { addDeliveryRedeliver } from './redeliver.js';

export function addDeliveryCommands(program: Command, runner: Runner): void {
  const delivery = program
    .command('delivery')
    .description('What goes out to notification endpoints, and what came in to webhooks');
  addDeliveryList(delivery, runner);
  addDeliveryGet(delivery, runner);
  addDeliveryRedeliver(delivery, runner);
}
