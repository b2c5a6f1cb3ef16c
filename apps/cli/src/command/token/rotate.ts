import type { Command } from 'commander';
import { issuedToken } from '../../render/token.js';
import type { Runner } from '../../session.js';
import { examples } from '../examples.js';

export function addTokenRotate(token: Command, runner: Runner): void {
  token
    .command('rotate')
    .description('Give a token a new text; the one before stays good for a while')
    .argument('<name>')
    .option('--overlap <duration>', 'for how long; "0s" ends it at once', '1h')
    .addHelpText('after', examples('spillway token rotate shop-ci --overlap 24h'))
    .action(
      runner.run(
        async ({ client, print }, name: string, { overlap }: { readonly overlap: string }) => {
          const issued = await client.tokens.rotate(name, { overlap });
          print(issued, () => issuedToken(issued));
        },
      ),
    );
}
