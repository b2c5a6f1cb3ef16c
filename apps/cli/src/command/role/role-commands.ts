import type { Command } from 'commander';
import { table } from '../../render/table.js';
import type { Runner } from '../../session.js';
import { examples } from '../examples.js';

export function addRoleCommands(program: Command, runner: Runner): void {
  const role = program.command('role').description('What each role may do');
  role
    .command('list')
    .description('Every operation, and the roles that may do it')
    .addHelpText('after', examples('spillway role list'))
    .action(
      runner.run(async ({ client, print }) => {
        const roles = await client.server.roles();
        const operations = [...new Set(roles.flatMap((one) => one.operations))].sort();
        print(roles, () =>
          table(
            ['OPERATION', ...roles.map((one) => one.role.toUpperCase())],
            operations.map((operation) => [
              operation,
              ...roles.map((one) => (one.operations.includes(operation) ? 'yes' : '-')),
            ]),
          ),
        );
      }),
    );
}
