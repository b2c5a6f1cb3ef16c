import type { Command } from 'commander';
import { every } from '../../every.js';
import { exitCode } from '../../exit-code.js';
import { eventLine, eventTable } from '../../render/event.js';
import type { Runner } from '../../session.js';
import { untilSignal } from '../../watch/until-signal.js';
import { wholeNumber } from '../arguments.js';
import { examples } from '../examples.js';

interface EventsOptions {
  readonly after?: number;
  readonly watch?: boolean;
}

export function addReleaseEvents(release: Command, runner: Runner): void {
  release
    .command('events')
    .description('What has happened to a release, and why')
    .argument('<id>')
    .option('--after <sequence>', 'only events after this one', wholeNumber(0))
    .option('--watch', 'go on with those to come, one a line, until the release ends')
    .addHelpText(
      'after',
      examples(
        'spillway release events 6f1c2c1e-4f0e-4c0c-9f5e-0d1f4a1c7d11',
        'spillway release events 6f1c2c1e-4f0e-4c0c-9f5e-0d1f4a1c7d11 --after 12 -o json',
        'spillway release events 6f1c2c1e-4f0e-4c0c-9f5e-0d1f4a1c7d11 --watch',
      ),
    )
    .action(
      runner.run(async (session, id: string, { after, watch }: EventsOptions) => {
        const { client, print, printNext } = session;
        if (watch !== true) {
          const events = await every(client.releases.events(id, { after }));
          print(events, () => eventTable(events));
          return exitCode.succeeded;
        }
        return untilSignal(session, id, async (signal) => {
          for await (const event of client.releases.watchEvents(id, { after, signal })) {
            printNext(event, () => eventLine(event));
          }
          return exitCode.succeeded;
        });
      }),
    );
}
