import type { Phase } from '@spillway/sdk';
import { Option, type Command } from 'commander';
import { upTo } from '../../every.js';
import { phases } from '../../render/phase.js';
import { releaseTable } from '../../render/release.js';
import type { Runner } from '../../session.js';
import { service as serviceName, wholeNumber } from '../arguments.js';
import { examples } from '../examples.js';

interface ListOptions {
  readonly service?: string;
  readonly phase?: Phase;
  readonly oldestFirst?: true;
  readonly limit: number;
}

export function addReleaseList(release: Command, runner: Runner): void {
  release
    .command('list')
    .description('Releases, newest first')
    .option('--service <name>', 'only of this service (namespace/name)', serviceName)
    .addOption(new Option('--phase <phase>', 'only in this phase').choices(phases))
    .option('--oldest-first', 'those that were begun first come first')
    .option('--limit <number>', 'at most so many', wholeNumber(1), 20)
    .addHelpText(
      'after',
      examples(
        'spillway release list',
        'spillway release list --service shop/catalog --phase held',
      ),
    )
    .action(
      runner.run(
        async ({ client, io, paint, print }, { limit, oldestFirst, ...filter }: ListOptions) => {
          const order = oldestFirst === true ? ({ sort: 'createdAt' } as const) : {};
          const all = client.releases.all({ ...filter, ...order, limit: Math.min(limit, 200) });
          const releases = await upTo(limit, all);
          print(releases, () => releaseTable(releases, { now: io.now(), paint }));
        },
      ),
    );
}
