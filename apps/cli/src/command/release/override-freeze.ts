import type { Command } from 'commander';
import { releaseFacts } from '../../render/release.js';
import type { Runner } from '../../session.js';
import { examples } from '../examples.js';

export function addReleaseOverrideFreeze(release: Command, runner: Runner): void {
  release
    .command('override-freeze')
    .description('Let a release go on in the freeze windows that are in force now')
    .argument('<id>')
    .requiredOption('--reason <text>', 'why it cannot wait; becomes part of the history')
    .addHelpText(
      'after',
      examples(
        'spillway release override-freeze 6f1c2c1e-4f0e-4c0c-9f5e-0d1f4a1c7d11 --reason "checkout is broken"',
      ),
    )
    .action(
      runner.run(async ({ client, io, print }, id: string, { reason }: { reason: string }) => {
        const told = await client.releases.overrideFreeze(id, { reason });
        print(told, () => releaseFacts(told, io.now()));
      }),
    );
}
