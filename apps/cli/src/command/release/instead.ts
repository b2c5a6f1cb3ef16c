import type { Command } from 'commander';
import type { OnBusy } from '@spillway/sdk';
import { releaseFacts } from '../../render/release.js';
import type { Runner } from '../../session.js';
import { wholeNumber } from '../arguments.js';
import { examples } from '../examples.js';
import { onBusyOption } from './on-busy.js';
import { follow, followTerms, withFollow, type FollowOptions } from './follow.js';

const id = '6f1c2c1e-4f0e-4c0c-9f5e-0d1f4a1c7d11';

const words = {
  retry: 'Release the same version once more, where that came to nothing',
  undo: 'Release the version that served before it',
} as const;

interface InsteadOptions extends FollowOptions {
  readonly strategy?: string;
  readonly onBusy?: OnBusy;
  readonly comment?: string;
}

/** New releases that come of one that has ended. */
export function addReleaseInstead(release: Command, runner: Runner): void {
  for (const verb of ['retry', 'undo'] as const) {
    withFollow(
      release
        .command(verb)
        .description(words[verb])
        .argument('<id>')
        .option('--strategy <name>', 'another one than it had; the newest version is taken')
        .addOption(onBusyOption())
        .option('--comment <text>', 'why, in your words; becomes part of the history'),
    )
      .addHelpText(
        'after',
        examples(
          `spillway release ${verb} ${id} --watch`,
          `spillway release ${verb} ${id} --strategy back-now --comment "support tickets"`,
        ),
      )
      .action(
        runner.run(async (session, one: string, options: InsteadOptions) => {
          const { watch, wait, timeout, ...rest } = options;
          const terms = followTerms({ watch, wait, timeout });
          const started = await session.client.releases[verb](one, rest);
          return follow(session, started, terms);
        }),
      );
  }
}

interface ChangeOptions {
  readonly version?: number;
  readonly comment?: string;
}

export function addReleaseChangeStrategy(release: Command, runner: Runner): void {
  release
    .command('change-strategy')
    .description('Go on by another strategy, at the weights that clusters have')
    .argument('<id>')
    .argument('<strategy>')
    .option('--version <number>', 'of the strategy; without it the newest', wholeNumber(1))
    .option('--comment <text>', 'why, in your words; becomes part of the history')
    .addHelpText(
      'after',
      examples(
        `spillway release change-strategy ${id} careful --comment "slower over the weekend"`,
      ),
    )
    .action(
      runner.run(
        async ({ client, io, print }, one: string, strategy: string, options: ChangeOptions) => {
          const changed = await client.releases.changeStrategy(one, strategy, options);
          print(changed, () => releaseFacts(changed, io.now()));
        },
      ),
    );
}
