import type { Command } from 'commander';
import type { Runner } from '../../session.js';
import { addTokenCreate } from './create.js';
import { addTokenGet } from './get.js';
import { addTokenList } from './list.js';
import { addTokenRevoke } from './revoke.js';
import { addTokenRotate } from './rotate.js';

export function addTokenCommands(program: Command, runner: Runner): void {
  const token = program.command('token').description('Tokens of scripts and machines');
  addTokenCreate(token, runner);
  addTokenList(token, runner);
  addTokenGet(token, runner);
  addTokenRotate(token, runner);
  addTokenRevoke(token, runner);
}
