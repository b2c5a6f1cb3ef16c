import type { Command } from 'commander';
import { releaseFacts } from '../../render/release.js';
import type { Runner } from '../../session.js';
import { examples } from '../examples.js';

export function addReleaseGet(release: Command, runner: Runner): void {
  release
    .command('get')
    .description('One release with its clusters')
    .argument('<id>')
    .addHelpText('after', examples('spillway release get 6f1c2c1e-4f0e-4c0c-9f5e-0d1f4a1c7d11'))
    .action(
      runner.run(async ({ client, io, print }, id: string) => {
        const found = await client.releases.get(id);
        print(found, () => releaseFacts(found, io.now()));
      }),
    );
}
