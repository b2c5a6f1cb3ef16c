import type { Command } from 'commander';
import { readInput } from '../../read-input.js';
import type { Runner } from '../../session.js';
import { UsageError } from '../../usage-error.js';
import { examples } from '../examples.js';

const note = `
There is no option for the text itself: what is on a command line can be seen by others on this
machine, and stays in the history of the shell. Line ends at the end of the text are left out.
`;

export function addSecretPut(secret: Command, runner: Runner): void {
  secret
    .command('put')
    .description('Add a secret, or replace the text of that name')
    .argument('<name>')
    .requiredOption('--from-file <path>', 'file with the text; "-" reads standard input')
    .addHelpText('after', note)
    .addHelpText(
      'after',
      examples(
        'spillway secret put datadog-api-key --from-file datadog.key',
        'cat datadog.key | spillway secret put datadog-api-key --from-file -',
      ),
    )
    .action(
      runner.run(
        async (
          { client, io, print },
          name: string,
          { fromFile }: { readonly fromFile: string },
        ) => {
          const text = (await readInput(io, fromFile)).replace(/[\r\n]+$/, '');
          if (text === '') {
            throw new UsageError(
              `"${fromFile}" is empty.`,
              'Write the text of the secret into it.',
            );
          }
          const put = await client.secrets.put(name, text);
          print(put, () => `secret ${put.name} stored\n`);
        },
      ),
    );
}
