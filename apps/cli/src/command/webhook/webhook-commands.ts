import type { Command } from 'commander';
import type { Runner } from '../../session.js';
import { addWebhookApply } from './apply.js';
import { addWebhookGet } from './get.js';
import { addWebhookList } from './list.js';
import { addWebhookRemove } from './remove.js';

export function addWebhookCommands(program: Command, runner: Runner): void {
  const webhook = program
    .command('webhook')
    .description('Addresses at which CI systems tell what was deployed');
  addWebhookApply(webhook, runner);
  addWebhookList(webhook, runner);
  addWebhookGet(webhook, runner);
  addWebhookRemove(webhook, runner);
}
