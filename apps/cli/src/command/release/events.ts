import type { Command } from 'commander';
import { every } from '../../every.js';
import { eventTable } from '../../render/event.js';
import type { Runner } from '../../session.js';
import { wholeNumber } from '../arguments.js';
import { examples } from '../examples.js';

export function addReleaseEvents(release: Command, runner: Runner): void {
  release
    .command('events')
    .description('What has happened to a release, and why')
    .argument('<id>')
    .option('--after <sequence>', 'only events after this one', wholeNumber(0))
    .addHelpText(
      'after',
      examples(
        'spillway release events 6f1c2c1e-4f0e-4c0c-9f5e-0d1f4a1c7d11',
        'spillway release events 6f1c2c1e-4f0e-4c0c-9f5e-0d1f4a1c7d11 --after 12 -o json',
      ),
    )
    .action(
      runner.run(async ({ client, print }, id: string, { after }: { readonly after?: number }) => {
        const events = await every(client.releases.allEvents(id, { after }));
        print(events, () => eventTable(events));
      }),
    );
}
