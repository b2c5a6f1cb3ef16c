import type { Command } from 'commander';
import type { Runner } from '../../session.js';
import { examples } from '../examples.js';

export function addSecretRemove(secret: Command, runner: Runner): void {
  secret
    .command('remove')
    .description('Remove a secret; refused while a source refers to it')
    .argument('<name>')
    .addHelpText('after', examples('spillway secret remove datadog-api-key'))
    .action(
      runner.run(async ({ client, print }, name: string) => {
        await client.secrets.remove(name);
        print({ name, removed: true }, () => `secret ${name} removed\n`);
      }),
    );
}
