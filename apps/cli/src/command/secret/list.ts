import type { Command } from 'commander';
import { every } from '../../every.js';
import { secretTable } from '../../render/secret.js';
import type { Runner } from '../../session.js';
import { examples } from '../examples.js';

export function addSecretList(secret: Command, runner: Runner): void {
  secret
    .command('list')
    .description('All secrets by name; nothing shows their texts')
    .addHelpText('after', examples('spillway secret list'))
    .action(
      runner.run(async ({ client, io, print }) => {
        const secrets = await every(client.secrets.all());
        print(secrets, () => secretTable(secrets, io.now()));
      }),
    );
}
