import type { Command } from 'commander';
import type { Runner } from '../../session.js';
import { addSecretList } from './list.js';
import { addSecretPut } from './put.js';
import { addSecretRemove } from './remove.js';

export function addSecretCommands(program: Command, runner: Runner): void {
  const secret = program
    .command('secret')
    .description('Texts that sources log in with, stored encrypted');
  addSecretPut(secret, runner);
  addSecretList(secret, runner);
  addSecretRemove(secret, runner);
}
