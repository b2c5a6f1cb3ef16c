import type { Command } from 'commander';
import { tokenFacts } from '../../render/token.js';
import type { Runner } from '../../session.js';
import { examples } from '../examples.js';

export function addTokenGet(token: Command, runner: Runner): void {
  token
    .command('get')
    .description('What a token may do, until when, and when it was last used')
    .argument('<name>')
    .addHelpText('after', examples('spillway token get shop-ci'))
    .action(
      runner.run(async ({ client, io, print }, name: string) => {
        const found = await client.tokens.get(name);
        print(found, () => tokenFacts(found, io.now()));
      }),
    );
}
