import type { Command } from 'commander';
import { every } from '../../every.js';
import { tokenTable } from '../../render/token.js';
import type { Runner } from '../../session.js';
import { examples } from '../examples.js';

export function addTokenList(token: Command, runner: Runner): void {
  token
    .command('list')
    .description('All tokens by name; nothing shows their texts')
    .addHelpText('after', examples('spillway token list'))
    .action(
      runner.run(async ({ client, io, print }) => {
        const tokens = await every(client.tokens.list());
        print(tokens, () => tokenTable(tokens, io.now()));
      }),
    );
}
