import type { Command } from 'commander';
import { grantsText } from '../../render/grant.js';
import type { Runner } from '../../session.js';
import { examples } from '../examples.js';

export function addWhoami(program: Command, runner: Runner): void {
  program
    .command('whoami')
    .description('Whom the server takes you for, and your roles')
    .addHelpText('after', examples('spillway whoami'))
    .action(
      runner.run(async ({ client, print }) => {
        const identity = await client.server.whoAmI();
        const roles = identity.grants.length === 0 ? 'no role' : grantsText(identity.grants);
        print(identity, () => `${identity.actor}: ${roles}\n`);
      }),
    );
}
