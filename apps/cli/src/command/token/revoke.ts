import type { Command } from 'commander';
import type { Runner } from '../../session.js';
import { examples } from '../examples.js';

export function addTokenRevoke(token: Command, runner: Runner): void {
  token
    .command('revoke')
    .description('Let nobody in with a token any more')
    .argument('<name>')
    .addHelpText('after', examples('spillway token revoke shop-ci'))
    .action(
      runner.run(async ({ client, print }, name: string) => {
        await client.tokens.revoke(name);
        print({ name, revoked: true }, () => `token ${name} revoked\n`);
      }),
    );
}
